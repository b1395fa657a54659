import type { Letter, LetterFacts, LetterKind } from "@onsale/core/mail/letter";
import type { Mail, MailCarrier, Mailer } from "@onsale/core/mail/mailer";
import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import { DEFAULT_LOCALE, type Locale, localeOf } from "@onsale/core/shared/locale";
import { en } from "./words/en.ts";
import type { MailCatalog, Written } from "./words/mail-catalog.ts";

/** A letter in the language and the numbers of whom it is written to. */
export function makeMailWriter(catalogs: Catalogs<MailCatalog>) {
  return (letter: Letter): Mail => {
    const tag = letter.locale ?? DEFAULT_LOCALE;
    const { subject, lines } = written(catalogFor(catalogs, tag), letter, localeOf(tag));
    return { to: letter.to, subject, text: `${lines.join("\n")}\n`, messageId: letter.messageId };
  };
}

function written<K extends LetterKind>(
  catalog: MailCatalog,
  { kind, facts }: { readonly kind: K; readonly facts: LetterFacts[K] },
  locale: Locale,
): Written {
  return catalog[kind](facts, locale);
}

export const writeMail = makeMailWriter({ en });

/** Somebody sits before a page until this is there. */
const AWAITED: readonly LetterKind[] = ["sign_up", "known_address", "verify_email", "password_reset"];

/** `awaited` carries the letters that somebody waits for, where they are not to stand behind thousands of others. */
export const makeMailer = (carrier: MailCarrier, awaited = carrier): Mailer => ({
  send: (letter) => (AWAITED.includes(letter.kind) ? awaited : carrier).carry(writeMail(letter)),
});

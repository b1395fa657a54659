import type { Letter, LetterFacts, LetterKind } from "@onsale/core/mail/letter";
import type { Mail, MailCarrier, Mailer } from "@onsale/core/mail/mailer";
import { en } from "./words/en.ts";
import type { MailCatalog, Written } from "./words/mail-catalog.ts";

/** A further language is one more file beside words/en.ts and one more entry here. */
const LANGUAGES = { en } as const satisfies Record<string, MailCatalog>;
type Language = keyof typeof LANGUAGES;

export function writeMail(letter: Letter, language: Language = "en"): Mail {
  const { subject, lines } = written(LANGUAGES[language], letter);
  return { to: letter.to, subject, text: `${lines.join("\n")}\n`, messageId: letter.messageId };
}

function written<K extends LetterKind>(
  catalog: MailCatalog,
  { kind, facts }: { readonly kind: K; readonly facts: LetterFacts[K] },
): Written {
  return catalog[kind](facts);
}

export const makeMailer = (carrier: MailCarrier): Mailer => ({
  send: (letter) => carrier.carry(writeMail(letter)),
});

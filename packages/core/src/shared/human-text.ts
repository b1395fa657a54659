import { z } from "zod";
import { rule } from "./schema-rule.ts";

/** What takes no place and what turns the direction of the text around it: nobody sees them, and they make one name look like another. */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Joiners shape letters in these scripts and hold an emoji together; elsewhere they are as unseen as the rest. */
const JOINED =
  /(?<=[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}])[\u200C\u200D](?=\p{L})|(?<=\p{Extended_Pictographic})(?:\p{Emoji_Modifier}|\uFE0F)?\u200D(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\uFE0F/gu;
const BLANKS = /[\s\u0085]+/gu;
/** Most text is this, and a layout has 200,000 names of seats. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const CONTROLS = /[\p{Cc}\p{Cs}\p{Co}\uFFF9-\uFFFD]/u;

/**
 * Text as a person means it, in one line: NFC, one blank where there were any, nothing unseen. It gets into mails, tickets,
 * CSV and terminals as it is.
 */
export function tidyText(text: string): string {
  if (PLAIN.test(text)) return text;
  const joined: string[] = [];
  // Kept joiners stand aside while everything else that is not seen goes; U+FFFC would be refused below and cannot be meant.
  const aside = text
    .normalize("NFC")
    .replaceAll("\uFFFC", "\uFFFD")
    .replaceAll(JOINED, (joiner) => {
      joined.push(joiner);
      return "\uFFFC";
    });
  return aside
    .replaceAll(BLANKS, " ")
    .replaceAll(UNSEEN, "")
    .replaceAll("\uFFFC", () => joined.shift() ?? "")
    .trim()
    .replaceAll(/ {2,}/g, " ");
}

/** The schema of every human name: of a person, an event, a venue, a price. `min` 0 allows none. */
export function humanText({ min = 1, max }: { min?: number; max: number }) {
  return (
    z
      .string()
      // Work is bounded before the text is tidied; the limit that is named is the one that counts.
      .check(({ value, issues }) => {
        if (value.length > 8 * max)
          issues.push({ code: "too_big", origin: "string", maximum: max, inclusive: true, input: value });
      })
      .transform(tidyText)
      .pipe(
        z
          .string()
          .min(min)
          .max(max)
          .refine((text) => !CONTROLS.test(text), rule("unshowable")),
      )
  );
}

/** A person's name goes into mails to an address that nobody has confirmed yet: it carries no address and no link there. */
export const PersonName = humanText({ max: 100 }).refine(
  (name) => !/:\/\/|@|\bwww\./i.test(name),
  rule("person_name"),
);

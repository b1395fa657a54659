import { formatFigure } from "@onsale/core/shared/format";
import { listed } from "../english.ts";
import type { RuleCatalog } from "./rule-catalog.ts";

const WORD_BREAKS = "Use small letters and digits, with single hyphens between them.";

/** What a field says. It stands at the field, so the field is not named again. */
export const en: RuleCatalog = {
  too_small: ({ of, least }, locale) => {
    const count = formatFigure(least, { locale });
    if (of === "number") return `At least ${count}.`;
    if (least === 1) return of === "text" ? "This is missing." : "At least one is needed.";
    return of === "text" ? `At least ${count} characters.` : `At least ${count} of them.`;
  },
  too_big: ({ of, most }, locale) => {
    const count = formatFigure(most, { locale });
    if (of === "number") return `At most ${count}.`;
    return of === "text" ? `At most ${count} characters.` : `At most ${count} of them.`;
  },
  wrong_type: ({ expected, missing }) =>
    missing ? "This is missing." : `This must be ${TYPES[expected] ?? expected}.`,
  wrong_format: () => "This is written in a form that cannot be read.",
  not_one_of: ({ values }) => `This must be ${listed(values, "or")}.`,
  unknown_fields: ({ fields }) =>
    `Nobody knows ${listed(fields.map((field) => `"${field}"`))} here. Take it out.`,
  not_multiple_of: ({ step }) => `This must be a multiple of ${step}.`,
  unfit: () => "This does not fit.",
  email: () => "This is not an e-mail address.",
  unstorable: () => "This has characters that cannot be stored. Type it again.",
  unshowable: () => "This has characters that cannot be shown. Type it again.",
  person_name: () => "Write a name, and no address or link.",
  slug: () => WORD_BREAKS,
  slug_is_id: () => "This looks like an id. Choose words.",
  window_key: () => WORD_BREAKS,
  price_key: () => "Use up to 40 small letters, digits, - and _, such as adult.",
  currency_form: () => "A currency is three capital letters, such as EUR.",
  currency_unknown: () => "There is no such currency. Choose one of ISO 4217, such as EUR.",
  time_zone: () => "There is no such time zone. Choose one of the list, such as Europe/Zurich.",
  language_tag: () => "This is no language tag, such as de-CH.",
  idempotency_key: () => "Use 16 to 64 letters, digits, - and _.",
  six_digits: () => "A code has six digits.",
  hex_32: () => "This must be 32 hex digits.",
  hex_64: () => "This must be 64 hex digits.",
  base64url_32: () => "This must be 32 bytes in base64url: 43 characters.",
  base64url_64: () => "This must be 64 bytes in base64url: 86 characters.",
  whole_characters: () => "This has half a character in it.",
  window_order: () => "A sale window must open before it closes.",
  window_named_public: () => 'The key "public" is the public sale\'s. Give the presale another one.',
  allotment_without_key: () => "An allotment is for a presale that has a key.",
  presale_key_twice: ({ one, other, key }) =>
    `The presales "${one}" and "${other}" have the same key, ${key}. Give each its own.`,
  public_sale_code: () => "The public sale needs no code. Name a presale.",
  lobby_after_draw: () => "The lobby must open before the draw.",
  inside_shorter_than_pass: () =>
    "The time inside must be at least as long as a pass lasts without a sign of life.",
  nobody_let_in: () => "At least 1: with 0 nobody is ever let in.",
  cancel_without_reason: () => "Say why the event is cancelled: everybody who has a ticket is told.",
};

const TYPES: Readonly<Partial<Record<string, string>>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

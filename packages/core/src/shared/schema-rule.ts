import type { z } from "zod";

type None = Record<never, never>;

export type ZodIssueCode = z.core.$ZodIssue["code"];

/** What a schema may find wrong with a value, by zod's own rules and by ours; facts, never sentences. */
export type RuleDetails = {
  /** `least`: characters, entries, or the number itself. */
  too_small: { readonly of: "text" | "list" | "number"; readonly least: number };
  too_big: { readonly of: "text" | "list" | "number"; readonly most: number };
  /** `missing`: there is nothing at all. */
  wrong_type: { readonly expected: string; readonly missing: boolean };
  wrong_format: { readonly format: string };
  not_one_of: { readonly values: readonly string[] };
  unknown_fields: { readonly fields: readonly string[] };
  not_multiple_of: { readonly step: number };
  /** Of a list or a union: what is wrong lies deeper and was not named. */
  unfit: None;
  email: None;
  unstorable: None;
  unshowable: None;
  person_name: None;
  slug: None;
  slug_is_id: None;
  window_key: None;
  price_key: None;
  currency_form: None;
  currency_unknown: None;
  time_zone: None;
  language_tag: None;
  idempotency_key: None;
  six_digits: None;
  hex_32: None;
  hex_64: None;
  base64url_32: None;
  base64url_64: None;
  whole_characters: None;
  /** A sale window that closes before it opens. */
  window_order: None;
  window_named_public: None;
  allotment_without_key: None;
  presale_key_twice: { readonly one: string; readonly other: string; readonly key: string };
  public_sale_code: None;
  lobby_after_draw: None;
  inside_shorter_than_pass: None;
  nobody_let_in: None;
  cancel_without_reason: None;
};
export type RuleName = keyof RuleDetails;
export type SchemaRule = {
  [R in RuleName]: { readonly name: R; readonly details: RuleDetails[R] };
}[RuleName];

/** How a rule of ours is told from zod's own sentence in an issue's message. */
const PREFIX = "rule:";

/** For `refine`, `regex` and the like, in the place of a sentence. */
export function rule<R extends RuleName>(
  name: R,
  ...[details]: Record<never, never> extends RuleDetails[R] ? [] : [details: RuleDetails[R]]
): { error: string; params: RuleDetails[R] } {
  return { error: PREFIX + name, params: details ?? ({} as RuleDetails[R]) };
}

/** For `addIssue`. */
export function ruleIssue<R extends RuleName>(
  name: R,
  details: RuleDetails[R],
): { code: "custom"; message: string; params: RuleDetails[R] } {
  return { code: "custom", message: PREFIX + name, params: details };
}

/** What an issue of a schema says, as facts. */
export function schemaRule(issue: z.core.$ZodIssue): SchemaRule {
  if (issue.message.startsWith(PREFIX)) {
    const params = "params" in issue ? issue.params : undefined;
    return { name: issue.message.slice(PREFIX.length), details: params ?? {} } as SchemaRule;
  }
  return ruleOfZod(issue);
}

const VALUES_TOLD_MAX = 20;

function ruleOfZod(issue: z.core.$ZodIssue): SchemaRule {
  switch (issue.code) {
    case "too_small":
      return { name: "too_small", details: { of: kindOf(issue.origin), least: Number(issue.minimum) } };
    case "too_big":
      return { name: "too_big", details: { of: kindOf(issue.origin), most: Number(issue.maximum) } };
    case "invalid_type":
      // An issue of a parse that keeps no inputs says in its sentence alone whether there was one.
      return {
        name: "wrong_type",
        details: { expected: issue.expected, missing: issue.message.endsWith("received undefined") },
      };
    case "invalid_format":
      return issue.format === "email"
        ? { name: "email", details: {} }
        : { name: "wrong_format", details: { format: issue.format } };
    case "invalid_value":
      return { name: "not_one_of", details: { values: issue.values.slice(0, VALUES_TOLD_MAX).map(String) } };
    case "unrecognized_keys":
      return { name: "unknown_fields", details: { fields: issue.keys.slice(0, VALUES_TOLD_MAX) } };
    case "not_multiple_of":
      return { name: "not_multiple_of", details: { step: issue.divisor } };
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
      return { name: "unfit", details: {} };
  }
}

function kindOf(origin: string): "text" | "list" | "number" {
  if (origin === "string") return "text";
  return origin === "array" || origin === "set" || origin === "map" ? "list" : "number";
}

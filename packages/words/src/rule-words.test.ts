import { EventDraft } from "@onsale/core/event/event";
import { LineSettings } from "@onsale/core/line/line";
import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { schemaRule } from "@onsale/core/shared/schema-rule";
import { expect, test } from "vitest";
import { makeRuleWords, ruleWords } from "./rule-words.ts";
import { en } from "./rules/en.ts";
import type { RuleCatalog } from "./rules/rule-catalog.ts";

type Schema = {
  safeParse(input: unknown): { error?: { issues: Parameters<typeof schemaRule>[0][] } | undefined };
};
const said = (schema: Schema, input: unknown) =>
  (schema.safeParse(input).error?.issues ?? []).map(
    (issue) => `${issue.path.join(".")}: ${ruleWords(schemaRule(issue), DEFAULT_LOCALE)}`,
  );

test("a rule without words does not compile", () => {
  const { email: _left, ...rest } = en;
  // @ts-expect-error email has no words here
  const incomplete: RuleCatalog = rest;
  expect(incomplete).not.toHaveProperty("email");
});

test("what a schema refuses is said in words, its own rules and those of zod alike", () => {
  const { shape } = EventDraft;
  expect(said(shape.title, "")).toEqual([": This is missing."]);
  expect(said(shape.title, undefined)).toEqual([": This is missing."]);
  expect(said(shape.title, 5)).toEqual([": This must be a text."]);
  expect(said(shape.title, "x".repeat(201))).toEqual([": At most 200 characters."]);
  expect(said(shape.slug, "Night Trains")).toEqual([
    ": Use small letters and digits, with single hyphens between them.",
  ]);
  expect(said(shape.maxPerFan, 0)).toEqual([": At least 1."]);
  expect(said(shape.currency, "XQZ")).toEqual([
    ": There is no such currency. Choose one of ISO 4217, such as EUR.",
  ]);
  expect(said(shape.saleWindows, [{ kind: "public", label: "All", opensAtMs: 2, closesAtMs: 1 }])).toEqual([
    "0.closesAtMs: A sale window must open before it closes.",
  ]);
  expect(said(LineSettings, { lobbyOpensAtMs: 2, drawsAtMs: 1 })).toEqual([
    "lobbyOpensAtMs: The lobby must open before the draw.",
  ]);
  expect(said(EventDraft.pick({ title: true }), { title: "Nights", more: 1 })).toEqual([
    ': Nobody knows "more" here. Take it out.',
  ]);
});

test("two presales with one key are named, with the key", () => {
  const presale = { kind: "presale", opensAtMs: 1, closesAtMs: 2 };
  const windows = [
    { ...presale, label: "Early", key: "fans" },
    { ...presale, label: "Fans" },
  ];
  expect(said(EventDraft.shape.saleWindows, windows)).toEqual([
    '1.key: The presales "Early" and "Fans" have the same key, fans. Give each its own.',
  ]);
});

test("a second language is one more catalogue", () => {
  const say = makeRuleWords({ en, de: { ...en, email: () => "Das ist keine Mailadresse." } });
  expect(say({ name: "email", details: {} }, "de-CH")).toBe("Das ist keine Mailadresse.");
  expect(say({ name: "email", details: {} }, "en-US")).toBe("This is not an e-mail address.");
});

import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import type { ErrorCode } from "@onsale/core/shared/error-details";
import { expect, expectTypeOf, test } from "vitest";
import { isWorthRetrying, readFailure } from "./app-failure.ts";
import { makeErrorWords, wordsFor } from "./error-words.ts";
import { en } from "./words/en.ts";
import type { ErrorCatalog } from "./words/error-words.ts";

const answer = (code: string, details = {}) => ({ data: { code: "CONFLICT", app: { code, details } } });

test("a refusal of ours becomes words and says what to do", () => {
  const words = wordsFor(readFailure(answer("hold.limit", { max: 6 })), DEFAULT_LOCALE);
  expect(words.title).toContain("6 tickets");
  expect(words.todo).not.toBe("");
});

test("whoever might have paid is told that nothing was charged", () => {
  for (const code of ["checkout.busy", "checkout.seats_lost", "hold.expired", "price.changed"]) {
    expect(wordsFor(readFailure(answer(code)), DEFAULT_LOCALE).todo).toContain("Nothing was charged");
  }
});

test.each<[string, object, RegExp]>([
  ["event.not_on_sale", { why: "cancelled" }, /when seats can be bought/],
  ["event.not_on_sale", { why: "over" }, /when seats can be bought/],
  ["access.required", { presales: [], opensAtMs: null }, /public sale/],
  ["account.bad_code", { triesLeft: 0 }, /digits/],
  ["account.not_allowed", { why: "staff_not_blocked" }, /Sign in/],
  ["draw.not_published", { why: "not_in_draw" }, /not made yet/],
])("%s %o sends nobody after what does not come", (code, details, wrong) => {
  const { title, todo } = wordsFor(readFailure(answer(code, details)), DEFAULT_LOCALE);
  expect(`${title} ${todo}`).not.toMatch(wrong);
  expect(todo).not.toBe("");
});

test("every message that names a next step has its link", () => {
  const facts = {
    why: "expired",
    what: "wish",
    orderId: "1",
    left: 0,
    max: 4,
    retryAfterMs: 1_000,
    triesLeft: 1,
    problems: [],
    known: [],
    slugs: [],
    from: "",
    to: "",
  };
  const NAMES = /\b(sign in|go to|under my tickets|event'?s? page|your order|the order to|choose seats)/i;
  const dangling = Object.keys(en.codes).flatMap((code) => {
    const { todo, way } = wordsFor(readFailure(answer(code, facts)), DEFAULT_LOCALE);
    return NAMES.test(todo) && !way ? [`${code}: ${todo}`] : [];
  });
  expect(dangling).toEqual([]);
});

test("no answer at all is told apart from a fault of ours", () => {
  expect(wordsFor(readFailure(new TypeError("fetch failed")), DEFAULT_LOCALE).title).toContain("connection");
  expect(
    wordsFor(readFailure({ data: { code: "INTERNAL_SERVER_ERROR", app: null } }), DEFAULT_LOCALE).title,
  ).toContain("our side");
});

test("a code this page does not know yet still has words", () => {
  expect(wordsFor(readFailure(answer("seat.made_of_cheese")), DEFAULT_LOCALE).title).not.toBe("");
});

test("only what may pass by itself is tried again", () => {
  expect(isWorthRetrying(answer("hold.limit"))).toBe(false);
  expect(isWorthRetrying(new TypeError("fetch failed"))).toBe(true);
  expect(isWorthRetrying({ data: { code: "SERVICE_UNAVAILABLE" } })).toBe(true);
});

test("a code without words does not compile, nor do words that read what a code does not tell", () => {
  const { "hold.limit": _left, ...rest } = en.codes;
  // @ts-expect-error hold.limit has no words here
  const incomplete: ErrorCatalog["codes"] = rest;
  const astray: ErrorCatalog["codes"] = {
    ...en.codes,
    // @ts-expect-error event.incomplete tells `problems`, and no list of another name
    "event.incomplete": ({ missing }) => ({ title: String(missing), todo: "" }),
  };
  expectTypeOf<keyof typeof en.codes>().toEqualTypeOf<ErrorCode>();
  expect([incomplete, astray]).toHaveLength(2);
});

test("a second language is one more catalogue: a reader of it gets its words, everybody else English", () => {
  const de: ErrorCatalog = {
    ...en,
    codes: {
      ...en.codes,
      "hold.limit": ({ max }) => ({ title: `Höchstens ${max} Karten für diesen Anlass.`, todo: "" }),
    },
  };
  const say = makeErrorWords({ en, de });
  const refused = readFailure(answer("hold.limit", { max: 6, bought: 2 }));
  expect(say(refused, "de-CH").title).toBe("Höchstens 6 Karten für diesen Anlass.");
  expect(say(refused, "fr-FR")).toEqual(wordsFor(refused, DEFAULT_LOCALE));
});

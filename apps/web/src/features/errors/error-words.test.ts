import { expect, test } from "vitest";
import { isWorthRetrying, readFailure } from "./app-failure.ts";
import { wordsFor } from "./error-words.ts";

const answer = (code: string, details = {}) => ({ data: { code: "CONFLICT", app: { code, details } } });

test("a refusal of ours becomes words and says what to do", () => {
  const words = wordsFor(readFailure(answer("hold.limit", { max: 6 })));
  expect(words.title).toContain("6 tickets");
  expect(words.todo).not.toBe("");
});

test("whoever might have paid is told that nothing was charged", () => {
  for (const code of ["checkout.seats_lost", "hold.expired", "price.changed"]) {
    expect(wordsFor(readFailure(answer(code))).todo).toContain("Nothing was charged");
  }
});

test("no answer at all is told apart from a fault of ours", () => {
  expect(wordsFor(readFailure(new TypeError("fetch failed"))).title).toContain("connection");
  expect(wordsFor(readFailure({ data: { code: "INTERNAL_SERVER_ERROR", app: null } })).title).toContain(
    "our side",
  );
});

test("a code this page does not know yet still has words", () => {
  expect(wordsFor(readFailure(answer("seat.made_of_cheese"))).title).not.toBe("");
});

test("only what may pass by itself is tried again", () => {
  expect(isWorthRetrying(answer("hold.limit"))).toBe(false);
  expect(isWorthRetrying(new TypeError("fetch failed"))).toBe(true);
  expect(isWorthRetrying({ data: { code: "SERVICE_UNAVAILABLE" } })).toBe(true);
});

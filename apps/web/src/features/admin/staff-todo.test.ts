import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { expect, test } from "vitest";
import { OFFLINE, readFailure } from "../errors/app-failure.ts";
import { wordsFor } from "../errors/error-words.ts";
import { staffTodo } from "./staff-todo.ts";

const appError = (code: string, details: object = {}) => ({
  data: { code: "INTERNAL_SERVER_ERROR", app: { code, details } },
});

test.each([
  ["nothing answers", new TypeError("Failed to fetch")],
  ["the browser has no network", { message: OFFLINE }],
  ["something breaks", { data: { code: "INTERNAL_SERVER_ERROR" } }],
  ["Postgres is away", appError("service.unavailable")],
])("when %s, the portal says where the work is and nothing of payments", (_what, error) => {
  const todo = staffTodo(readFailure(error), DEFAULT_LOCALE);
  expect(todo).toContain("What you typed stays on this page.");
  expect(todo).not.toMatch(/pay|charged/i);
});

test("what was refused for a reason of its own keeps the words of that reason", () => {
  for (const [code, details] of [
    ["rate.limited", {}],
    ["service.unavailable", { what: "imports" }],
  ] as const) {
    const failure = readFailure(appError(code, details));
    expect(staffTodo(failure, DEFAULT_LOCALE)).toBeNull();
    expect(wordsFor(failure, DEFAULT_LOCALE).title).not.toBe("");
  }
});

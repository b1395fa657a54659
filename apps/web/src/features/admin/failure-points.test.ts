import { AppError } from "@onsale/core/shared/errors";
import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { problem, tellProblems } from "@onsale/core/shared/problem";
import { expect, test } from "vitest";
import { readFailure } from "../errors/app-failure.ts";
import { wordsFor } from "../errors/error-words.ts";
import { failurePoints } from "./failure-points.ts";

/** As a page gets it: written as JSON and read again. */
const received = ({ code, details }: AppError) =>
  readFailure(JSON.parse(JSON.stringify({ data: { code: "CONFLICT", app: { code, details } } })));

test("what an event lacks before it can be published is a list, each thing of it", () => {
  const failure = received(
    new AppError("event.incomplete", {
      before: "publishing",
      title: "Nights",
      ...tellProblems([
        problem("event.no_layout", "layoutId"),
        problem("sale.overlap", "saleWindows[1]", { window: "Fans", other: "Friends" }),
      ]),
    }),
  );
  expect(wordsFor(failure, DEFAULT_LOCALE).title).toBe('"Nights" cannot be published yet.');
  expect(failurePoints(failure, DEFAULT_LOCALE)).toEqual([
    "Choose a seat layout.",
    '"Fans" and "Friends" are open at the same time.',
  ]);
});

test("of very many faults a page lists the first, and says how many more there are", () => {
  const faults = Array.from({ length: 20_000 }, (_, n) =>
    problem("price.unknown_seat", `seatPrices[${n}].seatId`, { seatId: `nowhere/${n}` }),
  );
  const points = failurePoints(received(new AppError("price.missing", tellProblems(faults))), DEFAULT_LOCALE);
  expect(points).toHaveLength(101);
  expect(points.at(-1)).toBe("And 19,900 more.");
});

test("what is wrong with a name that was typed is said by its rule, with the reader's numbers", () => {
  const faults = [{ path: "name", rule: { name: "too_big", details: { of: "text", most: 1_200 } } }] as const;
  const failure = received(new AppError("input.invalid", { why: "layout_name", faults }));
  expect(failurePoints(failure, "de-CH")).toEqual(["name: At most 1’200 characters."]);
});

test("a refusal that is one thing has no list", () => {
  expect(failurePoints(readFailure(new TypeError("fetch failed")), DEFAULT_LOCALE)).toEqual([]);
});

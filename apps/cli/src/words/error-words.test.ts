import { problem, tellProblems } from "@onsale/core/shared/problem";
import { changedMeanwhile } from "@onsale/core/audit/change";
import { readyToPublish } from "@onsale/core/event/ready-to-publish";
import { lineBadMove } from "@onsale/core/line/refusals";
import type { ErrorCode } from "@onsale/core/shared/error-details";
import { AppError } from "@onsale/core/shared/errors";
import { expect, expectTypeOf, test } from "vitest";
import { describeFailure } from "../exit-codes.ts";
import { en } from "./en.ts";
import type { ErrorSentences } from "./error-sentences.ts";
import { makeErrorWords, wordsOf } from "./error-words.ts";

test("a code without words does not compile, nor do words that read what a code does not tell", () => {
  const { "hold.limit": _left, ...rest } = en;
  // @ts-expect-error hold.limit has no words here
  const incomplete: ErrorSentences = rest;
  // @ts-expect-error hold.limit tells no `most`
  const astray: ErrorSentences = { ...en, "hold.limit": ({ most }) => String(most) };
  // @ts-expect-error hold.limit has to tell its max
  const untold = () => new AppError("hold.limit", { bought: 2 });
  expectTypeOf<keyof typeof en>().toEqualTypeOf<ErrorCode>();
  expect([incomplete, astray, untold]).toHaveLength(3);
});

test("whoever publishes too early is told each thing that is missing", () => {
  const event = {
    title: "Nights",
    currency: "EUR",
    doorsAtMs: null,
    startsAtMs: 2_000,
    endsAtMs: null,
    salesEndAtMs: null,
    saleWindows: [],
  } as unknown as Parameters<typeof readyToPublish>[0]["event"];
  const problems = readyToPublish({ event, plan: null, priceList: null, nowMs: 1_000 });
  const { message, points, details } = describeFailure(
    new AppError("event.incomplete", { before: "publishing", title: "Nights", ...tellProblems(problems) }),
  );
  expect(message).toBe('"Nights" cannot be published yet.');
  expect(points).toEqual(["Choose a seat layout.", "Publish a price list."]);
  expect(details).toMatchObject({ problems: [{ code: "event.no_layout" }, { code: "event.no_price_list" }] });
});

test("of very many faults the terminal lists the first, and says how many more there are", () => {
  const faults = Array.from({ length: 20_000 }, (_, n) =>
    problem("price.unknown_seat", `priceList.seatPrices[${n}].seatId`, { seatId: `nowhere/${n}` }),
  );
  const { points = [], details } = describeFailure(
    new AppError("event.incomplete", { before: "publishing", title: "Nights", ...tellProblems(faults) }),
  );
  expect(points).toHaveLength(101);
  expect(points.at(-1)).toBe("And 19,900 more.");
  expect(details).toMatchObject({ count: 20_000 });
});

test("a late save is told who changed what and when, that nothing was saved, and how to go on", () => {
  const change = { by: "ana@onsale.example", atMs: Date.UTC(2026, 11, 1, 14, 3), fields: ["title", "genre"] };
  const stale = { version: 4, changes: [{ ...change, version: 4 }] };
  expect(wordsOf(changedMeanwhile("details", stale)).sentence).toBe(
    "The details of this event were changed meanwhile by ana@onsale.example at 2026-12-01 14:03 UTC (title, genre). Nothing of yours was saved. Look at what stands there now and save again from it.",
  );
  expect(wordsOf(changedMeanwhile("prices", stale)).sentence).not.toContain("title");
});

test("a refused move of a line says what may be done instead", () => {
  const said = (line: Parameters<typeof lineBadMove>[0]) => wordsOf(lineBadMove(line, "open")).sentence;
  expect(said({ state: "open", finishedAtMs: null })).toBe(
    "It is open: it can be paused, drained or closed.",
  );
  expect(said({ state: "closed", finishedAtMs: null })).toContain("removed");
  expect(said({ state: "closed", finishedAtMs: 1 })).toContain("over");
});

test("who may not migrate, or meets the database of another version, is told what to do", () => {
  expect(wordsOf(new AppError("database.not_owner")).sentence).toContain("MIGRATION_DATABASE_URL");
  for (const why of ["changed", "no_record"] as const)
    expect(wordsOf(new AppError("database.other_version", { why, applied: "0001_x" })).sentence).toMatch(
      /another version.*demo -- --reset/,
    );
  const power = { role: "shop", power: "is a superuser" };
  expect(wordsOf(new AppError("database.role_too_powerful", power)).sentence).toContain(
    "Give the application another role",
  );
});

test("a second language is one more catalogue, and numbers are its reader's", () => {
  const de: ErrorSentences = { ...en, "layout.in_use": () => "Dieser Saalplan bleibt." };
  const say = makeErrorWords({ en, de });
  const used = new AppError("layout.in_use", { slugs: ["nights"] });
  expect(say(used, "de-CH").sentence).toBe("Dieser Saalplan bleibt.");
  expect(say(used, "fr-FR").sentence).toBe("This layout stays: events are made with it (nights).");
  const cheap = new AppError("input.invalid", { why: "wish_price", cheapestMinor: 123_450, currency: "EUR" });
  expect(say(cheap, "de-DE").sentence).toContain("1.234,50 EUR");
});

import { expect, test } from "vitest";
import { CliError } from "../cli-error.ts";
import { describeFailure } from "../exit-codes.ts";
import { REFUSALS_EN } from "./en-refusals.ts";
import { makeRefusalWords, refusalWords } from "./refusal-words.ts";
import { codeOfRefusal, type RefusalSentences, type RefusalWhy } from "./refusals.ts";

const WHYS = Object.keys(REFUSALS_EN) as RefusalWhy[];

test("a refusal of the terminal without words does not compile, nor one that is told without its facts", () => {
  const { yes_hold: _left, ...rest } = REFUSALS_EN;
  // @ts-expect-error yes_hold has no words here
  const incomplete: RefusalSentences = rest;
  // @ts-expect-error no_event has to tell which
  const untold = () => new CliError("no_event");
  expect([incomplete, untold]).toHaveLength(2);
});

test("a script gets the code, its exit code and the facts, a person the sentence", () => {
  expect(describeFailure(new CliError("too_many_seats", { count: 5_200, max: 5_000 }))).toEqual({
    exitCode: 2,
    code: "input.invalid",
    message: "These are 5,200 seats; at most 5,000 go at once.",
    details: { why: "too_many_seats", count: 5_200, max: 5_000 },
  });
  expect(
    describeFailure(new CliError("no_account", { email: "a@b.example", inviting: false })),
  ).toMatchObject({
    exitCode: 3,
    code: "account.not_found",
    details: { why: "no_account", email: "a@b.example" },
  });
});

test("whatever needs --yes is refused as a wrong input and says --yes", () => {
  const asked = WHYS.filter((why) => why.startsWith("yes_"));
  expect(asked.length).toBeGreaterThan(6);
  const facts = {
    title: "Nights",
    windowKey: "public",
    verb: "close",
    to: "end",
    url: "x",
    drawsAtMs: 0,
    timeZone: "UTC",
  };
  for (const why of asked) {
    const error = new CliError(why, facts as never);
    expect([codeOfRefusal(why), refusalWords(error)]).toEqual([
      "input.invalid",
      expect.stringContaining("--yes"),
    ]);
  }
});

test("a second language is one more catalogue", () => {
  const say = makeRefusalWords({
    en: REFUSALS_EN,
    de: { ...REFUSALS_EN, no_order: ({ order }) => `Es gibt keine Bestellung "${order}".` },
  });
  const error = new CliError("no_order", { order: "K7" });
  expect(say(error, "de-CH")).toBe('Es gibt keine Bestellung "K7".');
  expect(say(error, "fr-FR")).toBe('There is no order "K7".');
});

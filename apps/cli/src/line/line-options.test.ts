import { CliError } from "../cli-error.ts";
import { refusalWords } from "../words/refusal-words.ts";
import { sampleLine } from "./testing/sample-line.ts";
import { InvalidArgumentError } from "commander";
import { describe, expect, test } from "vitest";
import { duration, durationWords, hexOf, readTime } from "./line-options.ts";
import { settingsFrom, windowKeysOf } from "./line-settings.ts";

const zurich = { timeZone: "Europe/Zurich", nowMs: Date.UTC(2027, 0, 1, 12) };

describe("a duration", () => {
  test.each([
    ["90s", 90_000],
    ["2m", 120_000],
    ["1h30m", 5_400_000],
    ["0s", 0],
  ])("%s is %d ms", (text, ms) => expect(duration(text)).toBe(ms));
  test.each(["", "90", "m", "2m1h", "-5s", "1.5m"])("%j is none", (text) =>
    expect(() => duration(text)).toThrow(InvalidArgumentError),
  );
  test("is said so that it can be typed again", () => {
    for (const ms of [0, 45_000, 120_000, 5_400_000, 3_661_000]) expect(duration(durationWords(ms))).toBe(ms);
  });
});

describe("a time", () => {
  test.each([
    ["now", zurich.nowMs],
    ["+10m", zurich.nowMs + 600_000],
    ["2027-03-05 10:00", Date.UTC(2027, 2, 5, 9)],
    ["2027-07-05T10:00", Date.UTC(2027, 6, 5, 8)],
    ["2027-03-05T10:00:00Z", Date.UTC(2027, 2, 5, 10)],
    ["2027-03-05T10:00:00+05:30", Date.UTC(2027, 2, 5, 4, 30)],
  ])("%s", (text, atMs) => expect(readTime(text, zurich)).toBe(atMs));
  test.each(["", "+", "tomorrow", "2027-02-30 10:00", "2027-03-05 25:00", "10:00"])("%j is none", (text) =>
    expect(readTime(text, zurich)).toBeNull(),
  );
});

test("an id in hex is told from one that is too short or no hex", () => {
  expect(hexOf(4)(" AB12 ")).toBe("ab12");
  expect(() => hexOf(4)("ab1")).toThrow(InvalidArgumentError);
  expect(() => hexOf(4)("ab1g")).toThrow(InvalidArgumentError);
});

describe("the settings of a line", () => {
  const opensAtMs = Date.UTC(2027, 1, 1, 9);
  const event = {
    timeZone: "Europe/Zurich",
    saleWindows: [
      {
        kind: "presale" as const,
        label: "Friends",
        opensAtMs: opensAtMs - 86_400_000,
        closesAtMs: opensAtMs,
      },
      { kind: "public" as const, label: "Everybody", opensAtMs, closesAtMs: opensAtMs + 86_400_000 },
    ],
  };
  const asked = { event, windowKey: "public", line: null, nowMs: zurich.nowMs };

  /** What the terminal says where it refuses these settings. */
  function refusalOf(wishes: Parameters<typeof settingsFrom>[0], nowMs = asked.nowMs): string {
    try {
      settingsFrom(wishes, { ...asked, nowMs });
    } catch (error) {
      if (error instanceof CliError) return refusalWords(error);
      throw error;
    }
    return "";
  }

  test("draw when the window opens, with the lobby half an hour before", () => {
    expect(settingsFrom({}, asked)).toMatchObject({
      drawsAtMs: opensAtMs,
      lobbyOpensAtMs: opensAtMs - 30 * 60_000,
      windowKey: "public",
    });
    expect(settingsFrom({}, { ...asked, windowKey: "friends" }).drawsAtMs).toBe(opensAtMs - 86_400_000);
  });
  test("ask for the time of the draw where no opening lies ahead", () => {
    expect(refusalOf({}, opensAtMs + 1)).toContain("--draws");
    expect(settingsFrom({ draws: "+10m" }, { ...asked, nowMs: opensAtMs + 1 })).toMatchObject({
      drawsAtMs: opensAtMs + 1 + 600_000,
      lobbyOpensAtMs: opensAtMs + 1,
    });
  });
  test("keep what was not asked for", () => {
    const line = sampleLine({ cap: 77, graceMs: 1_000, publicValueSource: "a block" });
    const settings = settingsFrom({ inflow: 3 }, { ...asked, line });
    expect(settings).toMatchObject({
      cap: 77,
      inflowPerSecond: 3,
      graceMs: 1_000,
      publicValueSource: "a block",
    });
    expect(Object.keys(settings)).not.toContain("state");
    expect(settingsFrom({ publicValueSource: "" }, { ...asked, line }).publicValueSource).toBeNull();
  });
  test("name the option that cannot be", () => {
    expect(refusalOf({ lobby: "soon" })).toContain('--lobby "soon" is no time');
    expect(refusalOf({ pass: 1_000 })).toContain("--pass");
    expect(refusalOf({ lobby: "2028-01-01 00:00" })).toBe("--lobby: The lobby must open before the draw.");
  });
  test("may be made for each window once", () => {
    expect(windowKeysOf(event)).toEqual(["public", "friends"]);
  });
});

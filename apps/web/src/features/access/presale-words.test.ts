import { expect, test } from "vitest";
import { openedWords, presaleLines } from "./presale-words.ts";

const NOW = Date.UTC(2027, 2, 1, 10);
const HOUR = 3_600_000;
const window = (kind: "presale" | "public", [from, to]: [number, number], label: string = kind) => ({
  kind,
  label,
  opensAtMs: NOW + from * HOUR,
  closesAtMs: NOW + to * HOUR,
});
const event = (...saleWindows: ReturnType<typeof window>[]) => ({
  sale: { kind: "opens" as const, opensAtMs: NOW + HOUR },
  state: "on_sale" as const,
  saleWindows,
  timeZone: "Europe/Zurich",
});

test("a presale says until when it is open, or from when", () => {
  const lines = presaleLines(
    event(window("presale", [1, 2], "Late"), window("presale", [-1, 1], "Early")),
    NOW,
  );
  expect(lines.map(({ label, isOpen }) => [label, isOpen])).toEqual([
    ["Early", true],
    ["Late", false],
  ]);
  expect(lines[0]?.words).toContain("until Mon");
  expect(lines[1]?.words).toContain("opens Mon");
});

test("no presale is shown that is over, nor while everybody may buy, nor of an event that is", () => {
  expect(presaleLines(event(window("presale", [-2, 0])), NOW)).toEqual([]);
  expect(presaleLines(event(window("presale", [-1, 1]), window("public", [-1, 1])), NOW)).toEqual([]);
  expect(presaleLines({ ...event(window("presale", [-1, 1])), state: "cancelled" }, NOW)).toEqual([]);
});

test("who has access is told whether it is open to them now", () => {
  expect(openedWords(presaleLines(event(window("presale", [-1, 1])), NOW)).title).toContain("open to you");
  expect(openedWords(presaleLines(event(window("presale", [1, 2])), NOW)).title).toBe("You are in.");
});

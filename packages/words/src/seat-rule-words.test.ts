import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { expect, test } from "vitest";
import { seatRuleWords } from "./seat-rule-words.ts";

const seat = (label: string) => ({ section: "A", row: "1", seat: label, run: "row" }) as const;

test("a seat that would be left is named, with the seats to take instead", () => {
  const details = { left: [seat("1")], take: ["1"], leave: ["3"] };
  expect(seatRuleWords({ code: "seat.single_left", details }, DEFAULT_LOCALE)).toBe(
    "Section A, row 1, seat 1 would be left on its own. Take seat 1 instead of seat 3.",
  );
});

test("a companion's seat names the one that it comes with, or says that somebody has it", () => {
  const alone = (partner: string | null) =>
    seatRuleWords({ code: "seat.companion_alone", details: { seat: seat("2"), partner } }, DEFAULT_LOCALE);
  expect(alone("1")).toMatch(/Take it together with seat 1, or choose another seat\.$/);
  expect(alone(null)).toMatch(/that place is taken\. Please choose another seat\.$/);
});

test("more tickets than one fan may have are counted", () => {
  const details = { max: 1, count: 3 };
  expect(seatRuleWords({ code: "items.too_many", details }, DEFAULT_LOCALE)).toBe(
    "You can have 1 ticket for this event; these are 3.",
  );
});

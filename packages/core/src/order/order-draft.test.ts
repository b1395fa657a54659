import { expect, it } from "vitest";
import { BuyerWords } from "./order-draft.ts";

it("a locale is a language tag in its one spelling, and English where the caller says none", () => {
  expect(BuyerWords.parse({ locale: "DE-ch" })).toEqual({ locale: "de-CH" });
  expect(BuyerWords.parse({ locale: "zh-hant-tw" })).toEqual({ locale: "zh-Hant-TW" });
  expect(BuyerWords.parse({})).toEqual({ locale: "en-GB" });
});

it.each(["", "x", "de_CH", "de-CH\u0000", "de; drop", "a".repeat(36), "-", "en-"])(
  "%j is no locale",
  (locale) => {
    expect(BuyerWords.safeParse({ locale }).success).toBe(false);
  },
);

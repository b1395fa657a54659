import { expect, test } from "vitest";
import { localeOf } from "./locale.ts";
import { formatMoney } from "./money.ts";

test("an amount is written as the reader writes it, and the code of the currency stands after it", () => {
  const priceFor = (header: string | undefined) =>
    formatMoney(123_434, "EUR", localeOf(header)).replaceAll(/\s/g, " ");
  expect(priceFor("de")).toBe("1.234,34 EUR");
  expect(priceFor("de-CH,de;q=0.9")).toBe("1’234.34 EUR");
  expect(priceFor("fr-FR")).toBe("1 234,34 EUR");
  expect(priceFor("en-US")).toBe("1,234.34 EUR");
  expect(priceFor(undefined)).toBe("1,234.34 EUR");
});

test("the most wanted language counts, an unknown one is passed over, and nonsense is Onsale's own way", () => {
  expect(localeOf("en;q=0.4, de;q=0.9")).toBe("de-DE");
  expect(localeOf("tlh, nl;q=0.5")).toBe("de-DE");
  expect(localeOf("de-Latn-CH")).toBe("de-CH");
  expect(localeOf("en-US,en;q=0.5")).toBe("en-US");
  expect(localeOf("de;q=0, en-us;q=0.1")).toBe("en-US");
  expect(localeOf(";;;,q=,*")).toBe("en-GB");
  expect(localeOf("x".repeat(100_000))).toBe("en-GB");
});

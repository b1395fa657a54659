import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CURRENCIES } from "./currencies.ts";
import { MINOR_UNITS_MAX } from "./minor-units.ts";
import { amountExample, fractionDigits, parseMoney } from "./money.ts";
import { Currency } from "./money-schema.ts";

describe("an amount as somebody types it", () => {
  test.each([
    ["12.50", "EUR", 1_250],
    ["12,50", "EUR", 1_250],
    ["12,5", "EUR", 1_250],
    ["1.250,00", "EUR", 125_000],
    ["1,250.00", "USD", 125_000],
    ["1'250.50", "CHF", 125_050],
    ["1 250,50", "EUR", 125_050],
    ["1 250,50", "EUR", 125_050],
    ["1.250.000", "EUR", 125_000_000],
    ["-3,20", "EUR", -320],
    ["8000", "JPY", 8_000],
    ["8,000", "JPY", 8_000],
    ["12.500", "KWD", 12_500],
    ["12,5", "KWD", 12_500],
    ["0007", "EUR", 700],
  ])("%s %s is %i", (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  test.each([
    ["1,250", "EUR"],
    ["1.250", "EUR"],
    ["12,500", "KWD"],
    ["8.000", "JPY"],
    ["8000.00", "JPY"],
    ["12.505", "EUR"],
    ["1.25,000", "EUR"],
    ["1,250,00", "EUR"],
    ["1.250.00", "EUR"],
    ["1'25", "CHF"],
    ["30.", "EUR"],
    [".5", "EUR"],
    ["€ 25", "EUR"],
    ["", "EUR"],
    ["1e3", "EUR"],
    ["99999999999999999", "EUR"],
  ])("%s is no amount of %s, or one that two people read differently", (text, currency) => {
    expect(parseMoney(text, currency)).toBeNull();
  });

  test("every amount is read back from a point and from a comma, and with its thousands apart", () => {
    const cases = fc.tuple(fc.constantFrom(...CURRENCIES), fc.integer({ min: 0, max: MINOR_UNITS_MAX }));
    fc.assert(
      fc.property(cases, ([currency, minor]) => {
        const digits = fractionDigits(currency);
        const [whole = "", fraction] = (minor / 10 ** digits).toFixed(digits).split(".");
        const written = (point: string, text = whole) =>
          fraction === undefined ? text : text + point + fraction;
        const apart = (sign: string) => whole.replaceAll(/\B(?=(\d{3})+$)/g, sign);
        const ways = [
          written("."),
          written(".", apart("'")),
          // Three digits behind a comma could be thousands, and without decimals a point could only be that.
          ...(digits === 2 ? [written(",")] : []),
          ...(digits === 2 || whole.length > 3 ? [written(",", apart(" "))] : []),
          ...(digits === 2 || (digits === 3 && whole.length > 3) ? [written(",", apart("."))] : []),
        ];
        expect(ways.map((way) => parseMoney(way, currency))).toEqual(ways.map(() => minor));
      }),
    );
  });
});

describe("currencies", () => {
  test("those of ISO 4217 are known, in capitals, and no others", () => {
    expect(["EUR", "JPY", "KWD", "ISK", "XOF"].filter((code) => !Currency.safeParse(code).success)).toEqual(
      [],
    );
    // XXX is ISO 4217's own code for "no currency", XTS the one for tests: nothing is sold in them.
    const others = ["ZZZ", "XYZ", "XXX", "XTS", "eur", "DEM", "EURO", ""];
    expect(others.filter((code) => Currency.safeParse(code).success)).toEqual([]);
  });

  test("this runtime knows every one of them", () => {
    const known = new Set(Intl.supportedValuesOf("currency"));
    expect(CURRENCIES.filter((code) => !known.has(code))).toEqual([]);
  });

  test("what is advised is accepted, in every currency", () => {
    expect(CURRENCIES.filter((code) => parseMoney(amountExample(code), code) === null)).toEqual([]);
    expect([amountExample("JPY"), amountExample("EUR"), amountExample("KWD")]).toEqual([
      "58",
      "58.00",
      "58.000",
    ]);
  });
});

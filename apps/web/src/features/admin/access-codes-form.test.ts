import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { expect, it } from "vitest";
import { faultsOfCodes, readCodes } from "./access-codes-form.ts";

const form = { windowKey: "fans", count: "100", uses: "1", label: " Fan club ", until: "2030-06-01T20:00" };

it("reads what is typed by the schema of the API, a time on the venue's clock", () => {
  expect(readCodes(form, { timeZone: "Europe/Zurich", locale: DEFAULT_LOCALE })).toEqual({
    batch: {
      windowKey: "fans",
      count: 100,
      usesEach: 1,
      label: "Fan club",
      expiresAtMs: Date.UTC(2030, 5, 1, 18),
    },
  });
});

it("says at each field what is wrong with it, and takes an empty one for no number", () => {
  expect(
    faultsOfCodes(
      { ...form, count: "", uses: "0", label: "x".repeat(90), windowKey: "" },
      { timeZone: "Europe/Zurich", locale: DEFAULT_LOCALE },
    ),
  ).toEqual({
    windowKey: "Choose a presale.",
    count: "A whole number from 1 to 10,000.",
    uses: "A whole number from 1 to 1,000,000.",
    label: "At most 80 characters; this has 90.",
  });
  expect(faultsOfCodes({ ...form, count: "1.5" }, { timeZone: "UTC", locale: DEFAULT_LOCALE })).toEqual({
    count: "A whole number from 1 to 10,000.",
  });
});

import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { parseMoney } from "@onsale/core/shared/money";
import { expect, test } from "vitest";
import { smallPlan } from "../seat-map/testing/small-plan.ts";
import { cellKey, priceFormOf, readPrices } from "./price-form.ts";
import { withType } from "./ticket-type-form.ts";

test("a ticket type in any script is added with a key of its own, and a name that is there is said to be", () => {
  const added = (...names: string[]) =>
    names.reduce<readonly { key: string; label: string }[]>((types, name) => {
      const more = withType(types, name);
      return "types" in more ? more.types : [...types, { key: "-", label: more.fault }];
    }, []);
  expect(added("früh", "子ども", "Fruh", "🎷", " Früh\u200b ", " ")).toEqual([
    { key: "fruh", label: "früh" },
    { key: "zi-domo", label: "子ども" },
    { key: "fruh-2", label: "Fruh" },
    { key: "ticket-1f3b7", label: "🎷" },
    { key: "-", label: 'There is a ticket type "Früh" already.' },
    { key: "-", label: "Give the new ticket type a name." },
  ]);
});

test("the advice for a price is an amount of the currency", () => {
  const plan = compileLayout(smallPlan());
  for (const currency of ["JPY", "EUR", "KWD"]) {
    const form = { ...priceFormOf(null, currency), cells: { [cellKey("dear", "adult")]: "x" } };
    const read = readPrices(form, { plan, currency, before: null, locale: DEFAULT_LOCALE });
    const advised =
      "faults" in read ? /like ([\d.]+)\.$/.exec(Object.values(read.faults)[0] ?? "")?.[1] : undefined;
    expect(parseMoney(advised ?? "", currency)).not.toBeNull();
  }
});

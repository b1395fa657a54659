import { describe, expect, test } from "vitest";
import { validatePriceList } from "../../pricing/validate-price-list.ts";
import { PriceList } from "../../pricing/price-list.ts";
import { compileLayout, houseSeatsOf } from "../seat-plan.ts";
import { importLayout } from "./import-layout.ts";

const LIST = "section,row,seat,category,capacity\nA,1,1,Gold,\nA,1,2,Press,\nA,1,3,Press,\nPit,,,Press,250\n";
const prices = (...categories: string[]) =>
  PriceList.parse({
    currency: "EUR",
    ticketTypes: [{ key: "adult", label: "Adult" }],
    prices: categories.map((category) => ({ category, ticketType: "adult", amountMinor: 1_000 })),
  });

describe("a category that is not for sale", () => {
  test("keeps its seats for the organizer, lets nobody stand, and needs no price", () => {
    const { layout } = importLayout(LIST, { notForSale: ["press\u200b".replace("p", "P")] });
    if (layout === null) throw new Error("the list is good");
    const plan = compileLayout(layout);
    expect(houseSeatsOf(plan)).toEqual([1, 2]);
    expect(plan.areas.map(({ capacity }) => capacity)).toEqual([0]);
    expect(validatePriceList(plan, prices("Gold"))).toEqual([]);
  });

  test("without that, each category with places needs a price", () => {
    const { layout } = importLayout(LIST);
    const problems = layout ? validatePriceList(compileLayout(layout), prices("Gold")) : [];
    expect(problems.map(({ code }) => code)).toEqual(["price.missing"]);
  });

  test("that the plan does not have is refused with those it has", () => {
    const result = importLayout(LIST, { notForSale: ["Presse"] });
    expect(result).toMatchObject({ ok: false, layout: null, problems: [{ code: "category.unknown" }] });
    expect(result.problems[0]?.details).toMatchObject({ known: { names: ["Gold", "Press"], more: 0 } });
  });

  test("stays so in our own documents", () => {
    const { layout } = importLayout(LIST, { notForSale: ["Press"] });
    expect(importLayout(JSON.stringify(layout)).layout).toEqual(layout);
  });
});

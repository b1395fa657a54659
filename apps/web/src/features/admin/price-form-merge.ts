import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import type { PriceList } from "@onsale/core/pricing/price-list";
import type { Difference } from "./changed-meanwhile.tsx";
import { clashes, mergeForms } from "../../ui/form/merge-forms.ts";
import { cellKey, type PriceForm, priceFormOf } from "./price-form.ts";

type Sides = { readonly base: PriceForm; readonly mine: PriceForm; readonly theirs: PriceForm };

/** Every cell of any side; one that a side lacks is empty there. */
function allCells({ base, mine, theirs }: Sides): { base: Cells; mine: Cells; theirs: Cells } {
  const keys = new Set([base, mine, theirs].flatMap(({ cells }) => Object.keys(cells)));
  const whole = ({ cells }: PriceForm): Cells =>
    Object.fromEntries([...keys].map((key) => [key, cells[key] ?? ""]));
  return { base: whole(base), mine: whole(mine), theirs: whole(theirs) };
}
type Cells = Record<string, string>;

/** Theirs, with the cells and lines that I typed on top. */
export function mergePrices(sides: Sides): PriceForm {
  const { cells: _cells, ...lines } = mergeForms(sides);
  return { ...lines, cells: mergeForms(allCells(sides)) };
}

/** The cells that both changed, and the lines around them. */
export function priceClashes(
  plan: SeatPlan,
  theirList: PriceList | null,
  { base, mine, currency }: { base: PriceForm; mine: PriceForm; currency: string },
): Difference[] {
  const sides = { base, mine, theirs: priceFormOf(theirList, currency) };
  const cells = allCells(sides);
  const both = new Set(clashes(cells));
  const typeOf = (key: string) =>
    [...mine.types, ...sides.theirs.types].find((type) => type.key === key)?.label ?? key;
  const prices = plan.categories.flatMap((category) =>
    [...new Set([...mine.types, ...sides.theirs.types].map(({ key }) => key))].flatMap((type) => {
      const key = cellKey(category.key, type);
      if (!both.has(key)) return [];
      const label = `${category.label}, ${typeOf(type)}`;
      return [{ label, mine: cells.mine[key] ?? "", theirs: cells.theirs[key] ?? "" }];
    }),
  );
  const LINES = { types: "Ticket types", fees: "Fees", taxes: "Taxes" } as const;
  const lines = clashes(sides)
    .filter((field) => field !== "cells")
    .map((field) => ({
      label: LINES[field],
      mine: lineText(mine[field]),
      theirs: lineText(sides.theirs[field]),
    }));
  return [...prices, ...lines];
}

const lineText = (lines: PriceForm["types"] | PriceForm["fees"] | PriceForm["taxes"]): string =>
  lines
    .map((line) => [
      line.label,
      "amount" in line ? line.amount : "percent" in line ? `${line.percent} %` : "",
    ])
    .map((parts) => parts.filter((part) => part !== "").join(" "))
    .join("; ");

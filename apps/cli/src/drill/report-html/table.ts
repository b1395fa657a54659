import { formatFigure } from "@onsale/core/shared/format";
import { escapeText } from "./svg.ts";

const WIDE_FROM = 40;
/** A number with a unit, or a bound: "584.9 ms", "at most 3,000 ms". */
const MEASURE = /^(?:at (?:most|least) )?[\d.,]+(?:\s\S+)?$/;

/** Good or bad news: a sign and a colour. */
export type Verdict = { readonly text: string; readonly ok: boolean };
export type Cell = string | number | Verdict;

const isMeasure = (value: Cell | undefined) =>
  typeof value === "number" || (typeof value === "string" && MEASURE.test(value));

/** Numbers to the right with thousands set apart; long texts may break. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumber = heads.map((_, column) => rows.length > 0 && rows.every((row) => isMeasure(row[column])));
  const head = heads.map(
    (text, column) => `<th scope="col"${isNumber[column] ? ' class="n"' : ""}>${escapeText(text)}</th>`,
  );
  const body = rows.map(
    (row) => `<tr>${row.map((value, column) => cell(value, isNumber[column] === true)).join("")}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function cell(value: Cell, toTheRight: boolean): string {
  if (typeof value === "number") return `<td class="n">${formatFigure(value)}</td>`;
  if (typeof value === "object")
    return `<td class="${value.ok ? "good" : "worse"}${value.text.length > WIDE_FROM ? " wide" : ""}">${value.ok ? "✓" : "✗"} ${escapeText(value.text)}</td>`;
  if (toTheRight) return `<td class="n">${escapeText(value)}</td>`;
  return `<td${value.length > WIDE_FROM ? ' class="wide"' : ""}>${escapeText(value)}</td>`;
}

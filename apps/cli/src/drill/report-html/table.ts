import { escapeText } from "./svg.ts";

const WIDE_FROM = 40;

/** Numbers to the right with thousands set apart; long texts may break. */
export function table(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const isNumber = heads.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"),
  );
  const head = heads.map(
    (text, column) => `<th scope="col"${isNumber[column] ? ' class="n"' : ""}>${escapeText(text)}</th>`,
  );
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`);
  return `<div class="scroll"><table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function cell(value: string | number): string {
  if (typeof value === "number") return `<td class="n">${value.toLocaleString("en")}</td>`;
  return `<td${value.length > WIDE_FROM ? ' class="wide"' : ""}>${escapeText(value)}</td>`;
}

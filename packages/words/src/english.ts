import { formatFigure } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import type { SeatName } from "@onsale/core/shared/sale-problems";
import type { SomeNames } from "@onsale/core/shared/some-names";

/** "1 seat", "1,200 seats"; of what has another plural than an s, both are given. */
export function counted(
  count: number,
  of: string | readonly [one: string, many: string],
  locale: Locale,
): string {
  const [one, many] = typeof of === "string" ? [of, `${of}s`] : of;
  return `${formatFigure(count, { locale })} ${count === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c" */
export const listed = (parts: readonly string[], word = "and"): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${word} ${parts.at(-1)}`;

/** "“a”, “b” and 12 more", each name as somebody typed it. */
export function named({ names, more }: SomeNames, locale: Locale): string {
  const quoted = names.map((name) => `"${name}"`);
  return listed(more > 0 ? [...quoted, `${formatFigure(more, { locale })} more`] : quoted);
}

/** "Section 104, row 12, seat 7"; "Balcony left, table 5, seat 3". */
export function seatNamed({ section, row, seat, run }: SeatName): string {
  return [
    isBare(section) ? `Section ${section}` : section,
    row.toLowerCase().startsWith(run) ? row : `${run} ${row}`,
    `seat ${seat}`,
  ].join(", ");
}

/** "104", "A" and "B2" need the word "Section"; "Balcony left" and "Section 104" speak for themselves. */
function isBare(label: string): boolean {
  return /^\p{L}?\d*\p{L}?$/u.test(label);
}

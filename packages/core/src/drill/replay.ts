import { parseCsv } from "../shared/csv.ts";
import { AppError } from "../shared/errors.ts";

/** One order of a recorded sale. */
export type RecordedOrder = { readonly atMs: number; readonly quantity: number };

export type Recording = {
  /** In the order of time. */
  readonly orders: readonly RecordedOrder[];
  /** Lines whose time could not be read. */
  readonly unread: number;
};

const HEADER = {
  time: /(?:^|_)(?:created|ordered|placed|purchased|sold|time|timestamp|date|at)(?:_|$)/,
  order: /^(?:order|booking|transaction|purchase)(?:_?(?:no|id|number|ref|key))?$/,
  quantity: /^(?:quantity|qty|tickets|seats|count)$/,
};
const QUANTITY_MAX = 50;

/**
 * A CSV with a header, one line per ticket or per order: the first column that is named for a time and holds one, an
 * order number if there is one (its lines are one order), a quantity if there is one. Times are ISO 8601 or epoch
 * seconds or milliseconds; only their gaps matter. Throws import.invalid.
 */
export function readRecording(text: string): Recording {
  const [header, ...lines] = parseCsv(text).records;
  const names = (header?.cells ?? []).map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_"),
  );
  const first = lines[0]?.cells ?? [];
  const timeAt = names.findIndex((name, at) => HEADER.time.test(name) && timeOf(first[at]) !== null);
  if (timeAt < 0) throw new AppError("import.invalid", { why: "recording" });
  const orderAt = names.findIndex((name) => HEADER.order.test(name));
  const quantityAt = names.findIndex((name) => HEADER.quantity.test(name));
  const orders = new Map<string, { atMs: number; quantity: number }>();
  let unread = 0;
  for (const { line, cells } of lines) {
    const atMs = timeOf(cells[timeAt]);
    if (atMs === null) {
      unread += 1;
      continue;
    }
    const named = orderAt < 0 ? "" : (cells[orderAt]?.trim() ?? "");
    const key = named === "" ? `line ${line}` : named;
    const quantity = quantityAt < 0 ? 1 : Math.max(1, Math.floor(Number(cells[quantityAt])) || 1);
    const known = orders.get(key);
    if (known) known.quantity += quantity;
    else orders.set(key, { atMs, quantity });
  }
  const inOrder = [...orders.values()].toSorted((a, b) => a.atMs - b.atMs);
  return {
    orders: inOrder.map(({ atMs, quantity }) => ({ atMs, quantity: Math.min(quantity, QUANTITY_MAX) })),
    unread,
  };
}

const SECONDS_UNTIL = 1e11;

function timeOf(cell: string | undefined): number | null {
  const text = cell?.trim() ?? "";
  if (/^\d{9,14}(?:\.\d+)?$/.test(text)) {
    const value = Number(text);
    return value < SECONDS_UNTIL ? value * 1_000 : value;
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  // Without a zone the gaps are the same in every zone; UTC has no hour twice.
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text.replace(" ", "T")}Z`;
  const atMs = Date.parse(zoned.length === 11 ? zoned.slice(0, 10) : zoned);
  return Number.isNaN(atMs) ? null : atMs;
}

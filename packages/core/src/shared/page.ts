import { z } from "zod";

/** One page of a list: never more than was asked for, and never without saying how many there are in all. */
export type Page<Item> = {
  readonly items: readonly Item[];
  /** Of the whole list under the same filters, whatever the page. */
  readonly total: number;
  /** Sent along as `after`, it brings the following page; null: this is the last one. */
  readonly next: string | null;
};

export const PAGE_MAX = 200;

/** Opaque to everybody but the store that wrote it. */
export const Cursor = z.string().min(1).max(400);

export const PageAsk = z.strictObject({
  after: Cursor.nullable().default(null),
  limit: z.int().min(1).max(PAGE_MAX).default(50),
});
export type PageAsk = z.infer<typeof PageAsk>;

/** By one of a list's keys, up or down. */
export type ListOrder<Key extends string> = { readonly sort: Key; readonly dir: "asc" | "desc" };

/** Of a list that has several orders; without one said it is the list's usual order. */
export function sortedPageAsk<const Keys extends readonly [string, ...string[]]>(keys: Keys) {
  return PageAsk.extend({
    sort: z.enum(keys).exactOptional(),
    dir: z.enum(["asc", "desc"]).exactOptional(),
  });
}

export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item).readonly(), total: z.number(), next: z.string().nullable() });
}

const SEPARATOR = "~";

/** Where a page ended: the order it was in where the list has several, a sort key, and the id that tells apart what shares it. */
export function writeCursor(sortKey: number | string, id: string, order?: string): string {
  return [...(order === undefined ? [] : [order]), sortKey, id].join(SEPARATOR);
}

/** null: not a cursor of ours or one of another order, and the list begins at its start. */
export function readCursor(cursor: string | null, order?: string): { sortKey: string; id: string } | null {
  const from = order === undefined ? "" : `${order}${SEPARATOR}`;
  if (!cursor?.startsWith(from)) return null;
  const rest = cursor.slice(from.length);
  const at = rest.lastIndexOf(SEPARATOR);
  return at < 1 ? null : { sortKey: rest.slice(0, at), id: rest.slice(at + 1) };
}

/** `rows`: asked for with one more than the page holds, which is how its end is told. */
export function cutPage<Item>(
  rows: readonly Item[],
  { limit, total, cursorOf }: { limit: number; total: number; cursorOf: (item: Item) => string },
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, total, next: last !== undefined && rows.length > limit ? cursorOf(last) : null };
}

/** Every item of a list, page after page: for exports and for those who ask for all. */
export async function everyPage<Item>(read: (after: string | null) => Promise<Page<Item>>): Promise<Item[]> {
  const all: Item[] = [];
  let after: string | null = null;
  do {
    const page: Page<Item> = await read(after);
    all.push(...page.items);
    after = page.next;
  } while (after !== null);
  return all;
}

/** "51 of 766 events": what a list leaves out is said beside it. */
export function countWords(shown: number, total: number, [one, many]: readonly [string, string]): string {
  const noun = total === 1 ? one : many;
  return shown === total ? `${total} ${noun}` : `${shown} of ${total} ${noun}`;
}

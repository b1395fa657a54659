import type { Sorting } from "./table-column.ts";

/** What a list is narrowed and sorted by, and `after`: where its page begins. */
export type ListParams = Readonly<Record<string, string>>;

/** Every page of a list, in every order, is a link of its own. */
export function listLink(path: string, params: ListParams): string {
  const kept = Object.entries(params).filter(([, value]) => value !== "");
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
}

/** Whether one of these narrows the list. */
export const isNarrowed = (params: ListParams, filters: readonly string[]): boolean =>
  filters.some((name) => (params[name] ?? "") !== "");

/** The list in the same order with nothing left out. */
export const wholeList = (path: string, params: ListParams, filters: readonly string[]): string =>
  listLink(path, { ...params, after: "", ...Object.fromEntries(filters.map((name) => [name, ""])) });

/** As the API takes an order; anything else is the list's usual one. */
export function orderOf<const Sorts extends readonly string[]>(
  { sort, dir }: ListParams,
  sorts: Sorts,
): { sort?: Sorts[number]; dir?: "asc" | "desc" } {
  const known: Sorts[number] | undefined = sorts.find((one) => one === sort);
  return known === undefined ? {} : { sort: known, dir: dir === "asc" ? "asc" : "desc" };
}

/** For a table whose list the server sorts: another order begins at its first page. */
export function serverSort(path: string, params: ListParams, usual: Sorting) {
  const { sort = "", dir = "" } = params;
  return {
    sorting: sort === "" ? usual : { id: sort, desc: dir !== "asc" },
    hrefOf: ({ id, desc }: Sorting) =>
      listLink(path, { ...params, sort: id, dir: desc ? "desc" : "asc", after: "" }),
  };
}

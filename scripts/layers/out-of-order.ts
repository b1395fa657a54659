import type { FolderOrder } from "./folder-order.ts";

export type Import = { readonly from: string; readonly to: string };

/** Tests may look ahead: what a fixture or a property of two domains needs is no part of the program. */
const TEST = /\.(?:test|contract)\.tsx?$|\/testing\//;

/** Imports that go down the order, a line each. */
export function outOfOrder(order: FolderOrder, imports: readonly Import[]): string[] {
  const folderOf = foldersOf(order);
  const place = (folder: string) => order.folders.indexOf(folder);
  return imports.flatMap(({ from, to }) => {
    const [reader, read] = [folderOf(from), folderOf(to)];
    if (reader === null || read === null || TEST.test(from)) return [];
    // A folder without a place is named by `misplaced`.
    if (place(reader) < 0 || place(read) <= place(reader)) return [];
    return [`${reader} stands before ${read}: ${from} -> ${to}`];
  });
}

/** Folders that the order does not name, and names in it that are no folder any more, a line each. */
export function misplaced(order: FolderOrder, files: readonly string[]): string[] {
  const folderOf = foldersOf(order);
  const found = new Set(files.map(folderOf).filter((folder) => folder !== null));
  return [
    ...[...found]
      .filter((folder) => !order.folders.includes(folder))
      .map((folder) => `${folder} has no place in the order of ${order.root}`),
    ...order.folders
      .filter((folder) => !found.has(folder))
      .map((folder) => `${folder} has a place in the order of ${order.root} and is not there`),
  ];
}

/** The folder of the order that a file lies in, else the one it lies in itself; null: none of this root. */
function foldersOf({ root, folders }: FolderOrder): (file: string) => string | null {
  const longestFirst = folders.toSorted((a, b) => b.length - a.length);
  return (file) => {
    const inside = file.slice(root.length + 1);
    if (!file.startsWith(`${root}/`) || !inside.includes("/")) return null;
    return (
      longestFirst.find((name) => inside.startsWith(`${name}/`)) ?? inside.slice(0, inside.lastIndexOf("/"))
    );
  };
}

import { globSync } from "node:fs";

import { cruise } from "./layers/cruise.ts";
import { FOLDER_ORDERS } from "./layers/folder-order.ts";
import { misplaced, outOfOrder } from "./layers/out-of-order.ts";
import { type Found, tellFaults } from "./tell-faults.ts";

/** What dependency-cruiser has to read, and what it must have read: the same list, found twice. */
const ROOTS = ["apps", "packages", "scripts", "bench"];
const SOURCES = "{apps,packages}/*/{src,scripts,e2e}/**/*.{ts,tsx}";

/** Sources that the cruiser did not read. It passes on 0 modules without a word, so its silence proves nothing. */
export function unreadSources(sources: readonly string[], read: readonly string[]): readonly string[] {
  const known = new Set(read);
  return sources.filter((source) => !known.has(source));
}

/** Every fault of the layers in the tree at `root`, a line each; `says` is what was read. */
export async function checkLayers(root: string): Promise<Found> {
  const sources = globSync(SOURCES, { cwd: root, exclude: ["**/node_modules/**", "**/.next/**"] });
  const { modules, summary } = await cruise(
    root,
    ROOTS.filter((folder) => globSync(folder, { cwd: root }).length > 0),
  );
  const read = modules.map((module) => module.source);
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
  );
  const faults = [
    ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    ...unreadSources(sources, read).map((source) => `not read: ${source}`),
    ...FOLDER_ORDERS.flatMap((order) => [...outOfOrder(order, imports), ...misplaced(order, read)]).map(
      (fault) => `folder-order: ${fault}`,
    ),
    ...(sources.length === 0 ? ["no sources found"] : []),
  ];
  return {
    faults,
    says: `${modules.length} modules read, ${sources.length} sources found, ${faults.length} violations.`,
  };
}

if (import.meta.main) await tellFaults(checkLayers);

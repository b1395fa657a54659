import { statfs } from "node:fs/promises";
import { safeNodeFor } from "@onsale/core/shared/node-floor";
import { bad, type Check, good, warning } from "./check.ts";

export const NODE_MAJOR_MIN = 24;
const DISK_BAD_BYTES = 200e6;
const DISK_LOW_BYTES = 1e9;

export function checkNode(version: string): Check {
  const major = Number(/^v?(\d+)/.exec(version)?.[1]);
  const safe = safeNodeFor(version);
  if (major >= NODE_MAJOR_MIN)
    return safe === null
      ? good("node", `Node ${version}`)
      : warning("node", `Node ${version} has known security holes`, `Use Node ${safe} or newer.`);
  return bad(
    "node",
    `Node ${version}`,
    `Use Node ${NODE_MAJOR_MIN}, or run it as \`pnpm ticketctl\`, which brings its own.`,
  );
}

export function judgeDisk(freeBytes: number, where: string): Check {
  const found = `${(freeBytes / 1e9).toFixed(1)} GB free at ${where}`;
  if (freeBytes < DISK_BAD_BYTES)
    return bad("disk", found, "Free some space: Postgres stops when the disk is full.");
  if (freeBytes < DISK_LOW_BYTES) return warning("disk", found, "Free some space before the next sale.");
  return good("disk", found);
}

export async function checkDisk(where: string): Promise<Check> {
  const { bavail, bsize } = await statfs(where);
  return judgeDisk(bavail * bsize, where);
}

/**
 * The oldest release of each line of Node without a known hole that concerns a server: October 2026 mended a write out of
 * bounds in Brotli and TLS certificates taken for the wrong host.
 */
const FLOORS: Readonly<Record<number, readonly [minor: number, patch: number]>> = {
  22: [23, 4],
  24: [22, 1],
  26: [12, 1],
};

/** What to install instead of this version; null: it is above its floor. A line that gets no mends any more is below. */
export function safeNodeFor(version: string): string | null {
  const [major = 0, minor = 0, patch = 0] = version.replace(/^v/, "").split(".").map(Number);
  const newest = Math.max(...Object.keys(FLOORS).map(Number));
  if (major > newest) return null;
  const [minMinor, minPatch] = FLOORS[major] ?? [Infinity, 0];
  if (minor > minMinor || (minor === minMinor && patch >= minPatch)) return null;
  const line = FLOORS[major] ? major : 24;
  return `${line}.${FLOORS[line]?.join(".") ?? 0}`;
}

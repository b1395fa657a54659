import { ENTRY_HEX_DIGITS } from "./entry-id.ts";

/** Entry ids as bytes: a million of them are 16 MB, and byte order is the order of their hex text. */
export const ENTRY_BYTES = ENTRY_HEX_DIGITS / 2;

const DIGITS = "0123456789abcdef";
const CODE_OF_DIGIT = Uint8Array.from(DIGITS, (digit) => digit.charCodeAt(0));
const NO_DIGIT = 255;
const DIGIT_OF_CODE = new Uint8Array(128).fill(NO_DIGIT);
for (const [value, code] of CODE_OF_DIGIT.entries()) DIGIT_OF_CODE[code] = value;

/** Writes the 16 bytes of an id. false: it is not 32 small hex digits, and what was written is of no use. */
export function writeEntryBytes(id: unknown, out: Uint8Array, at = 0): id is string {
  if (typeof id !== "string" || id.length !== ENTRY_HEX_DIGITS) return false;
  for (let n = 0; n < ENTRY_BYTES; n += 1) {
    const high = DIGIT_OF_CODE[id.charCodeAt(2 * n)] ?? NO_DIGIT;
    const low = DIGIT_OF_CODE[id.charCodeAt(2 * n + 1)] ?? NO_DIGIT;
    if (high === NO_DIGIT || low === NO_DIGIT) return false;
    out[at + n] = (high << 4) | low;
  }
  return true;
}

/** Writes the 32 bytes of the text of the id whose 16 bytes begin at `from`. */
export function writeEntryText(
  { bytes, from }: { bytes: Uint8Array; from: number },
  out: Uint8Array,
  at: number,
): void {
  for (let n = 0; n < ENTRY_BYTES; n += 1) {
    const byte = bytes[from + n] ?? 0;
    out[at + 2 * n] = CODE_OF_DIGIT[byte >> 4] ?? 0;
    out[at + 2 * n + 1] = CODE_OF_DIGIT[byte & 15] ?? 0;
  }
}

const BUCKETS = 65_536;
/** So few are sorted as they are. */
const BUCKETS_FROM = 4_096;

/**
 * The row numbers in ascending order of the rows' bytes. Rows are hashes and so as good as random: in buckets by their
 * first two bytes even a million leave about a dozen in each, and each bucket is sorted by itself. Yields how many are
 * in order, about every `every` rows.
 */
export function* orderOfRows(
  rows: Uint8Array,
  width: number,
  every: number,
): Generator<number, Uint32Array, void> {
  const count = rows.length / width;
  const compare = (a: number, b: number) => compareRows(rows, width, { a, b });
  if (count < BUCKETS_FROM) return Uint32Array.from({ length: count }, (_, row) => row).sort(compare);
  const bucketOf = (row: number) => ((rows[row * width] ?? 0) << 8) | (rows[row * width + 1] ?? 0);
  const starts = new Uint32Array(BUCKETS + 1);
  for (let row = 0; row < count; row += 1) {
    const next = bucketOf(row) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket += 1)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  const order = new Uint32Array(count);
  const free = starts.slice();
  for (let row = 0; row < count; row += 1) {
    const bucket = bucketOf(row);
    const at = free[bucket] ?? 0;
    order[at] = row;
    free[bucket] = at + 1;
  }
  let breath = every;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const end = starts[bucket + 1] ?? count;
    if (end - (starts[bucket] ?? 0) > 1) order.subarray(starts[bucket], end).sort(compare);
    if (end < breath) continue;
    breath = end + every;
    yield end;
  }
  return order;
}

/** Below 0 when row `a` comes before row `b`, 0 when they are the same bytes. */
export function compareRows(rows: Uint8Array, width: number, { a, b }: { a: number; b: number }): number {
  for (let byte = 0; byte < width; byte += 1) {
    const difference = (rows[a * width + byte] ?? 0) - (rows[b * width + byte] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

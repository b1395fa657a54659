/**
 * Turns a label into one part of a key or seat id ("Rang 2" stays, "A/B" becomes "A-B"). A label without any letter or
 * digit keeps its code points, so that two different signs never fall together.
 */
export function keyPart(label: string): string {
  const text = label.normalize("NFC").trim();
  const cleaned = text
    .replaceAll(/[^\p{L}\p{N}._ -]+/gu, "-")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .replace(/[ -]+$/u, "")
    .slice(0, 48);
  if (cleaned !== "") return cleaned;
  const points = Array.from(text, (char) => (char.codePointAt(0) ?? 0).toString(16));
  return points.length === 0 ? "0" : `u${points.join("-")}`.slice(0, 48);
}

/** `wanted` when no one has it yet, else `wanted-2`, `wanted-3`, ...; the answer is marked as taken. */
export function takeFree(wanted: string, taken: Set<string>): string {
  const next = nextOf.get(taken) ?? new Map<string, number>();
  nextOf.set(taken, next);
  let free = wanted;
  // Numbers below were found taken before, and nothing that is taken is given back.
  let n = next.get(wanted) ?? 2;
  for (; taken.has(free); n += 1) free = `${wanted}-${n}`;
  if (free !== wanted) next.set(wanted, n);
  taken.add(free);
  return free;
}
/** By set and wanted name, where the search goes on: a thousand equal names are a thousand looks, not half a million. */
const nextOf = new WeakMap<Set<string>, Map<string, number>>();

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
/** Order a person expects: "2" before "10", "A" before "AA". */
export function compareLabels(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** `#rgb`, `#rrggbb`, `#rrggbbaa` and `rgb()` as `#rrggbb`; anything else is no colour we keep. */
export function normalizeColor(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(text)) return text.slice(0, 7);
  if (/^#[0-9a-f]{3}$/i.test(text)) return `#${Array.from(text.slice(1), (digit) => digit + digit).join("")}`;
  const rgb = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})/i.exec(text);
  if (rgb === null) return undefined;
  const hex = rgb.slice(1, 4).map((part) => Math.min(255, Number(part)).toString(16).padStart(2, "0"));
  return `#${hex.join("")}`;
}

/** FNV-1a, 32 bits: the same words give the same poster on every machine. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

export type Seeded = {
  /** [0, 1) */
  readonly next: () => number;
  readonly between: (min: number, max: number) => number;
  /** Whole number, both ends included. */
  readonly whole: (min: number, max: number) => number;
};

/** mulberry32 (Tommy Ettinger, public domain): small, and good enough to place shapes. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (min: number, max: number) => min + next() * (max - min);
  return { next, between, whole: (min, max) => Math.floor(between(min, max + 1)) };
}

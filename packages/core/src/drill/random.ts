/** Numbers that look random and are a function of their seed alone. Not for secrets. */
export type Random = {
  /** 0 <= x < 1 */
  readonly next: () => number;
  /** Whole number, both ends included. */
  readonly between: (low: number, high: number) => number;
  /** True in `percent` of a hundred cases. */
  readonly chance: (percent: number) => boolean;
};

/** `stream` gives independent numbers under one seed: each fan has its own, so a larger crowd keeps its first fans. */
export function makeRandom(seed: number, stream = 0): Random {
  // mulberry32, after Tommy Ettinger (public domain): 32 bits of state, passes gjrand; far more than a crowd needs.
  let state = mix(mix(seed) ^ mix(stream + 0x9e3779b9));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (percent) => next() * 100 < percent,
  };
}

/** The finaliser of MurmurHash3: neighbouring seeds end far apart. */
function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

export const LINE_DEFAULTS = {
  cap: 500,
  inflowPerSecond: 50,
  pacePct: 100,
  passTtlMs: 2 * 60_000,
  passMaxMs: 15 * 60_000,
  graceMs: 10 * 60_000,
} as const;

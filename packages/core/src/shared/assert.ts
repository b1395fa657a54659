/** A broken invariant is our bug, never the buyer's: it must reach the logs as a 500. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}

/** For values that the surrounding code has just proved to exist. */
export function must<T>(value: T | null | undefined, message: string): T {
  assert(value !== null && value !== undefined, message);
  return value;
}

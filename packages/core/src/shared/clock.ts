/** Core never reads a clock; whoever composes the services passes one. */
export type Clock = { nowMs: () => number };

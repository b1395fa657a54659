import type { WaveReason } from "./wave.ts";

/** "go" is a limit that somebody chose, "wait" one that will pass by itself, "stop" one that needs somebody. */
export type WaveTone = "go" | "wait" | "stop";

/** What set the size of a wave, for those who run a line. */
export const WAVE_TONES = {
  inflow: "go",
  cap: "go",
  pace: "go",
  nobody_present: "wait",
  orders_waiting: "wait",
  database_slow: "stop",
  provider_slow: "stop",
  not_selling: "stop",
  stock_low: "wait",
  stock_gone: "stop",
  paused: "stop",
  settling: "wait",
  not_open: "wait",
} as const satisfies Record<WaveReason, WaveTone>;

/** Also for a reason that a newer server sends. */
export const waveTone = (reason: string): WaveTone =>
  Object.hasOwn(WAVE_TONES, reason) ? WAVE_TONES[reason as WaveReason] : "wait";

import type { WaveReason } from "../line/wave.ts";
import type { Outcome } from "./drill-report.ts";

export type DrillPhase = "preparing" | "lobby" | "drawing" | "selling" | "settling" | "checking" | "done";

/** What a live view of a running drill shows; a new one each second, and at each change of phase. */
export type DrillProgress = {
  readonly phase: DrillPhase;
  /** One line in words. */
  readonly note: string;
  /** Counted from the release; negative before. null while preparing. */
  readonly second: number | null;
  readonly fans: {
    readonly total: number;
    readonly arrived: number;
    readonly waiting: number;
    readonly inside: number;
    readonly gone: number;
  };
  readonly bots: { readonly total: number; readonly requests: number; readonly refused: number };
  readonly line: {
    readonly joined: number;
    readonly servedTo: number;
    readonly calledTo: number;
    readonly active: number;
    readonly cap: number;
    readonly front: number;
    readonly lastWave: { readonly admitted: number; readonly reason: WaveReason } | null;
    readonly overCap: number;
  } | null;
  readonly tickets: number;
  readonly seats: number;
  /** Of the last second. */
  readonly perSecond: { readonly requests: number; readonly holds: number; readonly orders: number };
  /** Of the last ten seconds, milliseconds; null without any. */
  readonly p95: { readonly hold: number | null; readonly checkout: number | null };
  readonly errors: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly faults: readonly { readonly second: number; readonly kind: string; readonly done: boolean }[];
};

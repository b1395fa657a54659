import type { LineState } from "./line.ts";
import type { WaveReason } from "./wave.ts";

/** A line's state for those who run it, in the portal and in the terminal. `fans`: what it means for those who wait. */
export const LINE_STATE_WORDS = {
  closed: { label: "Not open yet", fans: "Fans see when the lobby opens." },
  lobby: {
    label: "Lobby",
    fans: "Fans join and wait for the draw. Joining early or late makes no difference.",
  },
  drawing: { label: "Drawing", fans: "The lobby is closed; fans wait a moment for their number." },
  open: { label: "Open", fans: "Fans are let in by number, as fast as the limits allow." },
  paused: {
    label: "Paused",
    fans: "Nobody is let in. Those inside may finish; everybody keeps their number.",
  },
  draining: { label: "Draining", fans: "Nobody joins any more. Those in the line are still let in." },
} as const satisfies Record<LineState, { label: string; fans: string }>;

export const LINE_OVER_WORDS = {
  label: "Closed",
  fans: "The line is over. Seats that are left are sold without it.",
} as const;

/**
 * What set the size of a wave. `tone`: "go" is a limit that somebody chose, "wait" one that will pass by itself, "stop" one
 * that needs somebody.
 */
export const WAVE_REASON_WORDS = {
  inflow: { label: "inflow", says: "As many as the inflow limit allows.", tone: "go" },
  cap: { label: "cap", says: "The room is full; one goes in for each who leaves.", tone: "go" },
  pace: { label: "pace", says: "Slowed down by hand.", tone: "go" },
  nobody_present: { label: "nobody waits", says: "Nobody at the front is waiting.", tone: "wait" },
  orders_waiting: { label: "orders wait", says: "Orders wait to be written.", tone: "wait" },
  database_slow: { label: "database slow", says: "The database answers slowly.", tone: "stop" },
  provider_slow: { label: "payments slow", says: "The payment provider answers slowly.", tone: "stop" },
  not_selling: {
    label: "not on sale",
    says: "The event is paused or its sale window is not open: nobody inside could take a seat.",
    tone: "stop",
  },
  stock_low: { label: "few seats", says: "Fewer seats are left than fans inside may buy.", tone: "wait" },
  stock_gone: { label: "no seats", says: "Every seat is sold or held.", tone: "stop" },
  paused: { label: "paused", says: "Somebody paused the line.", tone: "stop" },
  settling: {
    label: "settling",
    says: "After the draw or a loss of Redis; fans at the front check in.",
    tone: "wait",
  },
  not_open: { label: "not open", says: "The draw has not been made.", tone: "wait" },
} as const satisfies Record<WaveReason, { label: string; says: string; tone: "go" | "wait" | "stop" }>;

/** Also for a reason that a newer server sends: then the word itself. */
export function reasonWords(reason: string): { label: string; says: string; tone: "go" | "wait" | "stop" } {
  return Object.hasOwn(WAVE_REASON_WORDS, reason)
    ? WAVE_REASON_WORDS[reason as WaveReason]
    : { label: reason.replaceAll("_", " "), says: "", tone: "wait" };
}

/** The state with the one distinction that the state alone does not make: closed before, or closed after. */
export function lineStateWords(line: { readonly state: LineState; readonly finishedAtMs: number | null }): {
  label: string;
  fans: string;
} {
  return line.finishedAtMs !== null ? LINE_OVER_WORDS : LINE_STATE_WORDS[line.state];
}

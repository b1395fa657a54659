import type { BotKind } from "./bots.ts";

export type BotKindReport = {
  readonly kind: BotKind;
  readonly accounts: number;
  readonly requests: number;
  /** Requests that were answered with what was asked for. */
  readonly granted: number;
  /** Refusals by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** What they got hold of along the way. */
  readonly passes: number;
  readonly holds: number;
  /** Tickets in Postgres that belong to their accounts. */
  readonly tickets: number;
};

/** What bots tried and what they got. A farm of accounts that behaves like fans may get tickets: it says how many. */
export type BotReport = {
  readonly accounts: number;
  readonly addresses: number;
  readonly requests: number;
  readonly kinds: readonly BotKindReport[];
  readonly tickets: number;
  /** Of all tickets sold, 0 to 1. */
  readonly shareOfTickets: number;
  /** Tickets of bots beyond the limit per fan, or of accounts that no wave let in: must be 0. */
  readonly ticketsBeyondLimit: number;
  /** Of them, tickets of accounts that no wave let in. */
  readonly ticketsWithoutPass: number;
};

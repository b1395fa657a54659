import type { FanHeaders } from "../fans.ts";

/** One purchase to come: whose, and which seats. */
export type Buyer = { readonly headers: FanHeaders; readonly seats: readonly [number, number] };

/** How a shop is asked; the generator knows both. */
export type Dialect = "onsale" | "reference";

/** What the generator reads once, before any of the runs. */
export type Crowd = {
  readonly dialect: Dialect;
  readonly url: string;
  readonly eventId: string;
  readonly buyers: readonly Buyer[];
};

/** Closed: so many fans at once, each followed by the next. Open: so many a second, whatever becomes of them. */
export type Load =
  | { readonly kind: "closed"; readonly connections: number; readonly count: number }
  | { readonly kind: "open"; readonly perSecond: number; readonly count: number };

export type Outcome = {
  readonly wallMs: number;
  /** From the moment at which a fan wanted to begin until "paid", of those that came so far. */
  readonly purchaseMs: readonly number[];
  readonly holdMs: readonly number[];
  /** What was answered instead, and how often. */
  readonly faults: Readonly<Record<string, number>>;
  /** Purchases that had to ask again until the answer was "paid". */
  readonly askedAgain: number;
};

export type ToGenerator = { readonly load: Load; readonly first: number };

import type { BotPlan } from "@onsale/core/drill/bots";
import type { Random } from "@onsale/core/drill/random";
import type { LineId } from "@onsale/core/line/line";
import type { LineNow } from "@onsale/core/line/now-serving";
import type { EventId } from "@onsale/core/shared/ids";
import type { BotClient } from "./bot-client.ts";
import type { BotTally } from "./bot-tally.ts";

/** What all bots of a drill share: who runs them reads the document once for all. */
export type BotWorld = {
  readonly eventId: EventId;
  readonly slug: string;
  readonly lineId: LineId | null;
  readonly maxPerFan: number;
  readonly ticketType: string;
  readonly categories: readonly string[];
  readonly seats: number;
  readonly now: () => LineNow | null;
  readonly tally: BotTally;
  /** Passes of accounts that were let in, for others to try; the old ones are over. */
  readonly lent: { readonly passes: string[]; readonly tickets: string[] };
  readonly nowMs: () => number;
  /** Ends with a rejection when the sale is over for the bots. */
  readonly pause: (ms: number) => Promise<void>;
};

export type Bot = {
  readonly plan: BotPlan;
  readonly client: BotClient;
  readonly random: Random;
  readonly world: BotWorld;
};

export const isSoldOut = (world: BotWorld): boolean => world.now()?.soldOut === true;
export const textOf = (data: Readonly<Record<string, unknown>>, field: string): string | null => {
  const value = data[field];
  return typeof value === "string" ? value : null;
};
export const numberOf = (data: Readonly<Record<string, unknown>>, field: string): number | null => {
  const value = data[field];
  return typeof value === "number" ? value : null;
};

import type { Fan, System } from "../actor/actor.ts";
import type { LineId } from "../line/line.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import type { AccountId, EventId, HoldId } from "../shared/ids.ts";
import type {
  OfferState,
  WaitlistEntry,
  WaitlistEntryId,
  WaitlistOffer,
  WaitlistOfferId,
  WaitlistStand,
  WaitlistWishes,
} from "./waitlist.ts";

/** A fan's wait as they see it. */
export type Wait = {
  readonly entry: WaitlistEntry;
  /** Fans who are asked before this one; 0 while an offer is open. From AHEAD_EXACT_MAX on it may be seconds old. */
  readonly ahead: number;
  /** The open offer; `told` says whether its seats are kept already. */
  readonly offer: WaitlistOffer | null;
};

/** Equal wishes of one event, and how many fans wait for them. */
export type WishGroup = {
  readonly key: string;
  readonly wishes: WaitlistWishes;
  readonly waiting: number;
};

export type OpenOffer = WaitlistOffer & {
  /** What Postgres knows of an order for the offer's hold. */
  readonly order: "none" | "awaiting_payment" | "sold" | "ended";
};

export type ListedWait = WaitlistEntry & {
  readonly email: string;
  /** The last offer that reached this fan. */
  readonly offer: Pick<WaitlistOffer, "id" | "state" | "offeredAtMs" | "expiresAtMs" | "items"> | null;
};

/** By words of the address, whatever the case, and by what became of the wait. */
export type WaitlistFilter = { readonly query?: string; readonly stand?: WaitlistStand };

export type WaitlistCounts = {
  readonly waiting: number;
  readonly ticketsWanted: number;
  readonly offered: number;
  readonly bought: number;
  readonly declined: number;
  readonly lapsed: number;
  readonly left: number;
};

/** What those who wait would take: a fan who takes two price levels counts in both. `level` null: any. */
export type WaitlistDemand = {
  readonly level: string | null;
  readonly fans: number;
  readonly tickets: number;
};

/** Facts about who waits; one waiting entry per account and event, one open offer per entry, by constraint. */
export interface WaitlistStore {
  /** Joins, or gives new wishes to who is on the list: the place stays. */
  join(input: {
    id: WaitlistEntryId;
    eventId: EventId;
    accountId: AccountId;
    lineNumber: number | null;
    wishes: WaitlistWishes;
    wishesKey: string;
  }): Promise<{ kind: "joined" | "known" }>;
  /** false: not on the list. */
  change(input: {
    eventId: EventId;
    accountId: AccountId;
    wishes: WaitlistWishes;
    wishesKey: string;
  }): Promise<boolean>;
  /** offered: an open offer must be declined first. */
  leave(input: { eventId: EventId; accountId: AccountId }): Promise<"left" | "offered" | "not_found">;
  /** The wait that runs, else the last one that is over; null: never joined. */
  find(input: { eventId: EventId; accountId: AccountId }): Promise<Wait | null>;
  /** Waits that run, of all events. */
  findRunning(accountId: AccountId): Promise<Wait[]>;
  findOffer(offerId: WaitlistOfferId): Promise<WaitlistOffer | null>;
  /** Tickets this fan bought for the event or has in checkout. */
  taken(input: { eventId: EventId; accountId: AccountId }): Promise<number>;
  /** Lines of the event in which this account bought, under whichever of its numbers. */
  linesBoughtIn(input: { eventId: EventId; accountId: AccountId }): Promise<LineId[]>;
  /** Whether the hold is that of an open offer to this very account. */
  hasOffer(accountId: AccountId, holdId: HoldId): Promise<boolean>;

  /** Events with somebody on the list, that are on sale, sold out or paused. */
  eventsToServe(): Promise<EventId[]>;
  /** Of those who may be offered seats now under the purchase limit; the earliest first. */
  wishGroups(input: { eventId: EventId; maxPerFan: number; limit: number }): Promise<WishGroup[]>;
  /** The same text as long as wishGroups with this question names the same wishes; null: nobody may be asked now. */
  wishesMark(input: { eventId: EventId; maxPerFan: number; limit: number }): Promise<string | null>;
  /** Who is next among those with these wishes, in the order of the list. */
  nextWaiting(input: {
    eventId: EventId;
    maxPerFan: number;
    keys: readonly string[];
    limit: number;
  }): Promise<WaitlistEntry[]>;
  /** Open offers of an event, with those whose hold was not taken yet. */
  openOffers(eventId: EventId): Promise<OpenOffer[]>;

  /**
   * Writes the offer before its hold is taken. busy: the entry is not waiting for this any more. seat_offered: a seat is
   * in another open offer. Both mean that another worker is at it.
   */
  offer(input: {
    id: WaitlistOfferId;
    entry: WaitlistEntry;
    holdId: HoldId;
    items: TicketItems;
    ttlMs: number;
  }): Promise<"offered" | "busy" | "seat_offered">;
  /** Its hold stands until then: the first time the mail goes out, later the end is put off. false: not open any more. */
  confirm(offerId: WaitlistOfferId, untilMs: number): Promise<boolean>;
  /**
   * The hold is gone. An order decides first: sold makes it "bought", one that awaits payment keeps it "open", one that
   * failed gives the fan the old place again until OFFERS_PER_WAIT_MAX. Returns the state the offer has now. `waitMs`: how
   * long the fan is asked no more. The audit names the actor, and Onsale for what an order decided.
   */
  end(
    actor: Fan | System,
    offerId: WaitlistOfferId,
    ending: { readonly as: "declined" | "lapsed" | "withdrawn"; readonly waitMs?: number },
  ): Promise<OfferState | null>;

  /** In the order of the list, those that are over last. */
  list(
    eventId: EventId,
    ask: WaitlistFilter & { readonly limit: number },
  ): Promise<{ readonly entries: readonly ListedWait[]; readonly total: number }>;
  counts(eventId: EventId): Promise<WaitlistCounts>;
  /** Of those who wait without an offer; most wanted first. */
  demand(eventId: EventId): Promise<WaitlistDemand[]>;
}

import type { LayoutDocument } from "../layout/layout.ts";
import type { PriceList } from "../pricing/price-list.ts";
import type { InventoryFacts } from "../inventory/inventory.ts";
import type { EventId } from "../shared/ids.ts";
import type { EventDraft, EventRecord, EventState } from "./event.ts";

export type Venue = {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly timeZone: string;
};
export type LayoutRecord = {
  readonly id: string;
  readonly venueId: string | null;
  readonly name: string;
  /** SHA-256 of the canonical document: the name of this version in caches. */
  readonly hash: string;
  readonly seatCount: number;
  readonly gaCapacity: number;
  readonly document: LayoutDocument;
};
export type LayoutSummary = Omit<LayoutRecord, "document"> & { readonly createdAtMs: number };
export type EventSummary = EventRecord & { readonly venue: Venue };

export type MoveResult =
  | { readonly kind: "moved"; readonly event: EventRecord }
  | { readonly kind: "not_found" }
  | { readonly kind: "refused"; readonly from: EventState };

export interface EventStore {
  createVenue(venue: Omit<Venue, "id">): Promise<Venue>;
  /** Without the hall of drills. */
  listVenues(): Promise<Venue[]>;
  /** By name and city, case-insensitive: imports meet the same venue again. */
  findVenue(name: string, city: string): Promise<Venue | null>;
  saveLayout(input: {
    venueId: string | null;
    hash: string;
    document: LayoutDocument;
    seatCount: number;
    gaCapacity: number;
  }): Promise<LayoutRecord>;
  findLayout(id: string): Promise<LayoutRecord | null>;
  /** By the SHA-256 of its document. */
  findLayoutByHash(hash: string): Promise<LayoutRecord | null>;
  /** Newest first, without the houses of drills. */
  listLayouts(limit: number): Promise<LayoutSummary[]>;
  createEvent(draft: EventDraft): Promise<EventRecord>;
  updateEvent(id: EventId, draft: EventDraft): Promise<EventRecord | null>;
  /** By id or slug. */
  findEvent(idOrSlug: string): Promise<EventSummary | null>;
  /** Public: published and later, soonest first. `query` matches title, subtitle, genre, venue name and city. */
  listPublic(input: { query: string; limit: number; afterStartMs: number }): Promise<EventSummary[]>;
  /** Newest first; drills only when they are asked for. */
  listAll(limit: number, also?: { readonly drills: boolean }): Promise<EventSummary[]>;
  /** Ids of events whose shards must be alive: on sale, paused or sold out. */
  listLive(): Promise<EventId[]>;
  /** One conditional UPDATE: `to` only from a state that EVENT_NEXT allows. Publishing creates the GA pools. */
  moveEvent(id: EventId, to: EventState, actor: string): Promise<MoveResult>;
  /** Adds the next immutable version and puts it in force. */
  publishPriceList(id: EventId, list: PriceList, actor: string): Promise<number>;
  priceList(id: EventId, version: number): Promise<PriceList | null>;
  /** From which a shard is rebuilt; one snapshot of the database. */
  inventoryFacts(id: EventId): Promise<InventoryFacts>;
  setBlocked(input: {
    eventId: EventId;
    seatNos: readonly number[];
    blocked: boolean;
    actor: string;
    reason: string;
  }): Promise<void>;
  /** What an organizer sees: sums by category and state. */
  sales(id: EventId): Promise<EventSales>;
}

export type EventSales = {
  readonly capacity: number;
  readonly sold: number;
  readonly claimed: number;
  readonly blocked: number;
  readonly orders: number;
  readonly grossMinor: number;
  readonly feeMinor: number;
  readonly byCategory: readonly {
    category: string;
    ticketType: string;
    tickets: number;
    faceMinor: number;
  }[];
  readonly byHour: readonly { hourMs: number; tickets: number; grossMinor: number }[];
};

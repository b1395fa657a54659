import type { LayoutDocument } from "../layout/layout.ts";
import type { PriceList } from "../pricing/price-list.ts";
import type { InventoryFacts } from "../inventory/inventory.ts";
import type { EventId, VenueId } from "../shared/ids.ts";
import type { Stale } from "./change.ts";
import type { Page, PageAsk } from "../shared/page.ts";
import type { EventDraft, EventRecord, EventState } from "./event.ts";

export type Venue = {
  readonly id: string;
  readonly name: string;
  /** Street and postcode in one line, or "". */
  readonly address: string;
  readonly city: string;
  readonly country: string;
  readonly timeZone: string;
};
/** Written over the address that its writer saw, and over no other. */
export type VenueAddressChange = {
  readonly venueId: VenueId;
  readonly before: string;
  readonly address: string;
  readonly actor: string;
};
export type VenueAddressResult =
  | { readonly kind: "saved" | "not_found" }
  | { readonly kind: "changed"; readonly address: string };
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

export type EventMove = {
  readonly id: EventId;
  readonly to: EventState;
  readonly actor: string;
  /** Stands in the audit, where one was given. */
  readonly reason?: string | undefined;
};
export type MoveResult =
  | { readonly kind: "moved"; readonly event: EventRecord }
  | { readonly kind: "not_found" }
  | { readonly kind: "refused"; readonly from: EventState };

/** Which version somebody changed, and whose name stands in the audit. */
export type ChangedBy = { readonly version: number; readonly actor: string };
export type SaveResult =
  | { readonly kind: "saved"; readonly event: EventRecord }
  | { readonly kind: "not_found" }
  | Stale;
export type PublishResult =
  | { readonly kind: "published"; readonly version: number }
  | { readonly kind: "not_found" }
  | Stale;
/** Up to which order the holders of a cancelled event were told; as the job has it. */
export type CancelledNews = {
  readonly eventId: EventId;
  readonly at: string;
  readonly after: { readonly at: string; readonly id: string } | null;
};
export type EventFilter = {
  readonly states?: readonly EventState[] | undefined;
  /** Of these alone, as a search found them. */
  readonly ids?: readonly string[] | undefined;
  readonly drills?: boolean | undefined;
};

export interface EventStore {
  createVenue(venue: Omit<Venue, "id" | "address"> & { readonly address?: string }): Promise<Venue>;
  setVenueAddress(change: VenueAddressChange): Promise<VenueAddressResult>;
  /** Without the hall of drills. */
  listVenues(): Promise<Venue[]>;
  /** By name and city, case-insensitive: imports meet the same venue again. */
  findVenue(name: string, city: string): Promise<Venue | null>;
  /** `text` is the document as JSON: who saves it has it as text already, and a large one costs a second each way. */
  saveLayout(input: {
    venueId: string | null;
    hash: string;
    name: string;
    text: string;
    seatCount: number;
    gaCapacity: number;
  }): Promise<Omit<LayoutRecord, "document">>;
  findLayout(id: string): Promise<LayoutRecord | null>;
  /** By the SHA-256 of its document. */
  findLayoutByHash(hash: string): Promise<LayoutRecord | null>;
  /** Newest first, without the houses of drills. */
  listLayouts(ask: PageAsk): Promise<Page<LayoutSummary>>;
  createEvent(draft: EventDraft): Promise<EventRecord>;
  /** One conditional update: only when `version` is still the newest. The audit entry goes along. */
  updateEvent(id: EventId, draft: EventDraft, by: ChangedBy): Promise<SaveResult>;
  /** By id or slug; also by a slug that it had before. */
  findEvent(idOrSlug: string): Promise<EventSummary | null>;
  /** Those that exist, in any order. */
  findMany(ids: readonly string[]): Promise<EventSummary[]>;
  /** Published and not over at `nowMs`, without drills: a mark that changes whenever the event or its venue does. */
  programmeMarks(nowMs: number): Promise<{ readonly id: string; readonly mark: string }[]>;
  /** Newest first; drills only when they are asked for. */
  listEvents(ask: PageAsk & EventFilter): Promise<Page<EventSummary>>;
  /** How many there are in each state that has any, without drills. */
  countEvents(): Promise<Partial<Record<EventState, number>>>;
  /** Ids of events whose shards must be alive: on sale, paused or sold out. */
  listLive(): Promise<EventId[]>;
  /** One conditional UPDATE: `to` only from a state that EVENT_NEXT allows. Publishing creates the GA pools. */
  moveEvent(move: EventMove): Promise<MoveResult>;
  /** Ends one event that is over; null: there is none. */
  endEventOver(): Promise<EventId | null>;
  /** Writes a mail for each of the next orders of a cancelled event; a job for those after them goes along. */
  tellCancelled(news: CancelledNews): Promise<void>;
  /** Adds the next immutable version and puts it in force, when `version` is still the one in force. */
  publishPriceList(id: EventId, list: PriceList, by: ChangedBy): Promise<PublishResult>;
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

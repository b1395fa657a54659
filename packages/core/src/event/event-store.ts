import type { Actor } from "../actor/actor.ts";
import type { Stale } from "../audit/change.ts";
import type { Organization } from "../organization/organization.ts";
import type { EventId, OrderId, OrganizationId } from "../shared/ids.ts";
import type { ListOrder, Page, PageAsk } from "../shared/page.ts";
import type { Venue } from "../venue/venue.ts";
import type { EventDraft, EventRecord, EventState } from "./event.ts";

export type EventSummary = EventRecord & {
  readonly venue: Venue;
  /** Whose it is, as fans know them. */
  readonly organizer: Pick<Organization, "slug" | "name">;
  /** What staff said when they cancelled it, for fans; read with an event that is found by its name. */
  readonly cancelledBecause?: string;
};

export type EventMove = {
  readonly id: EventId;
  readonly to: EventState;
  /** Stands in the audit, where one was given. */
  readonly reason?: string | undefined;
};
export type MoveResult =
  | { readonly kind: "moved"; readonly event: EventRecord }
  | { readonly kind: "not_found" }
  | { readonly kind: "refused"; readonly from: EventState };

/** Details, and the version that they were made from. */
export type EventChange = { readonly version: number; readonly draft: EventDraft };
export type SaveResult =
  | { readonly kind: "saved"; readonly event: EventRecord }
  | { readonly kind: "not_found" }
  | Stale;
/** Up to which order the holders of a cancelled event were told; as the job has it. */
export type CancelledNews = {
  readonly eventId: EventId;
  readonly at: string;
  readonly after: { readonly at: string; readonly id: OrderId } | null;
};
export const EVENT_SORTS = ["created", "starts", "title"] as const;
export type EventOrder = Partial<ListOrder<(typeof EVENT_SORTS)[number]>>;
export type EventFilter = {
  /** Of one alone. */
  readonly organization?: OrganizationId | undefined;
  readonly states?: readonly EventState[] | undefined;
  /** Of these alone, as a search found them. */
  readonly ids?: readonly EventId[] | undefined;
  readonly drills?: boolean | undefined;
};

export interface EventStore {
  /** The audit entry goes along, here and with every other change. */
  createEvent(actor: Actor, organization: OrganizationId, draft: EventDraft): Promise<EventRecord>;
  /** One conditional update: only when `version` is still the newest. The audit entry goes along. */
  updateEvent(actor: Actor, id: EventId, change: EventChange): Promise<SaveResult>;
  /** By id or slug; also by a slug that it had before. */
  findEvent(idOrSlug: string): Promise<EventSummary | null>;
  /** Those that exist, in any order. */
  findMany(ids: readonly EventId[]): Promise<EventSummary[]>;
  /** Published and not over at `nowMs`, without drills: a mark that changes whenever the event or its venue does. */
  programmeMarks(nowMs: number): Promise<{ readonly id: EventId; readonly mark: string }[]>;
  /** Newest first where no order is said; drills only when they are asked for. */
  listEvents(ask: PageAsk & EventOrder & EventFilter): Promise<Page<EventSummary>>;
  /** How many the organization has in each state that has any, without drills; null: of all. */
  countEvents(organization: OrganizationId | null): Promise<Partial<Record<EventState, number>>>;
  /** Ids of events whose shards must be alive: on sale, paused or sold out. */
  listLive(): Promise<EventId[]>;
  /** One conditional UPDATE: `to` only from a state that EVENT_NEXT allows. Publishing creates the GA pools. */
  moveEvent(actor: Actor, move: EventMove): Promise<MoveResult>;
  /** Ends one event that is over; null: there is none. */
  endEventOver(): Promise<EventId | null>;
  /** Writes a mail for each of the next orders of a cancelled event; a job for those after them goes along. */
  tellCancelled(news: CancelledNews): Promise<void>;
}

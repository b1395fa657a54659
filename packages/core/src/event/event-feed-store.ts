import { z } from "zod";
import type { Actor } from "../actor/actor.ts";
import { EventId, type OrganizationId } from "../shared/ids.ts";
import type { EventDraft, EventRecord } from "./event.ts";

/** What a feed said of an event, field by field; compared with what it says the next time. */
export const FeedFacts = z.record(z.string(), z.unknown());
export type FeedFacts = z.infer<typeof FeedFacts>;

/** The name of an event in a feed, how new that is, and what the feed says there. */
export type FeedNews = { readonly uid: string; readonly sequence: number; readonly said: FeedFacts };
export const NamedEvent = z.object({ eventId: EventId, sequence: z.int(), said: FeedFacts });
export type NamedEvent = z.infer<typeof NamedEvent>;

export interface EventFeedStore {
  /** The events that have these names in feeds. */
  findNamed(organization: OrganizationId, uids: readonly string[]): Promise<ReadonlyMap<string, NamedEvent>>;
  /** Makes the event unless one has this name, or this venue, title and instant; in one step. Throws event.slug_taken. */
  importEvent(
    actor: Actor,
    organization: OrganizationId,
    news: { draft: EventDraft; feed: FeedNews | null },
  ): Promise<{ isNew: boolean; event: EventRecord }>;
  /** What the feed said last; nothing when something newer was remembered already. */
  remember(eventId: EventId, feed: FeedNews): Promise<void>;
}

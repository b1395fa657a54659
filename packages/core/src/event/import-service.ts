import type { Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId, OrganizationId } from "../shared/ids.ts";
import type { Romanize } from "../shared/slug.ts";
import { draftOf, type EventRecord } from "./event.ts";
import type { EventFeedStore, FeedFacts, NamedEvent } from "./event-feed-store.ts";
import type { EventService } from "./event-service.ts";
import type { EventStore } from "./event-store.ts";
import type { Venue } from "../venue/venue.ts";
import type { VenueStore } from "../venue/venue-store.ts";
import { feedChanges, planImports, type Planned } from "./import-plan.ts";
import type { ImportedEvent } from "./import-event.ts";
import { eventSlugs } from "./import-slug.ts";

export type EventImportDeps = {
  readonly events: Pick<EventStore, "findEvent">;
  readonly venues: Pick<VenueStore, "find" | "create" | "setAddress">;
  readonly feeds: EventFeedStore;
  readonly update: EventService["update"];
  readonly romanize: Romanize;
};
export type EventImportInput = {
  readonly events: readonly ImportedEvent[];
  /** For events whose file names none. */
  readonly currency: string;
  readonly organization: OrganizationId;
  readonly onWritten?: (done: number) => void;
};
type ImportedBy = { readonly actor: Staff; readonly organization: OrganizationId };
type EventName = { readonly id: EventId; readonly slug: string; readonly title: string };
export type RefusedChange = {
  /** Where in the file. */
  readonly path: string;
  readonly title: string;
  readonly slug: string;
  readonly fields: readonly string[];
  readonly error: AppError;
};
export type EventImportResult = {
  readonly created: readonly EventName[];
  /** Met again by their names in the feed, which says something new of them. */
  readonly updated: readonly (EventName & { readonly fields: readonly string[] })[];
  /** Slugs of those that are here as the file says. */
  readonly existing: readonly string[];
  /** Met again, and what the feed says could not be taken over: each tells why. Everything else was. */
  readonly refused: readonly RefusedChange[];
  readonly venuesCreated: number;
};

/** Slugs that are tried for one event before a person should look. */
const SLUGS_MAX = 200;

/**
 * Writes imported events as drafts. An event is here already when its feed's name for it is known, or when one of this
 * venue, title and instant is; then nothing is made, and what the feed says differently than before is taken over by the
 * rules of any other change. Everything is checked before the first write; an import that was cut off goes on where it
 * stopped when it is run again.
 */
export function makeEventImportService(deps: EventImportDeps) {
  return {
    async run(actor: Staff, input: EventImportInput): Promise<EventImportResult> {
      refuseElsewhere(actor, input.organization, () => new AppError("organization.not_found", {}));
      const by = { actor, organization: input.organization };
      const planned = planImports(input, deps.romanize);
      const named = await deps.feeds.findNamed(
        input.organization,
        planned.flatMap(({ feed }) => feed?.uid ?? []),
      );
      const venues = makeVenues(deps.venues, by);
      // Whatever is new of the events: a venue without an address takes the one that the file has.
      for (const { event } of planned) await venues.learnAddress(event);
      const result = {
        created: [] as EventName[],
        updated: [] as (EventName & { fields: string[] })[],
        existing: [] as string[],
        refused: [] as RefusedChange[],
      };
      for (const one of planned) {
        const known = one.feed ? named.get(one.feed.uid) : undefined;
        const done = known
          ? await takeOver(deps, { one, known, venues, by })
          : await make(deps, { one, venues, by });
        switch (done.kind) {
          case "created":
            result.created.push(nameOf(done.event));
            input.onWritten?.(result.created.length);
            break;
          case "updated":
            result.updated.push({ ...nameOf(done.event), fields: done.fields });
            break;
          case "existing":
            result.existing.push(done.event.slug);
            break;
          case "refused":
            result.refused.push(done.refused);
        }
      }
      return { ...result, venuesCreated: venues.created() };
    },
  };
}

const nameOf = ({ id, slug, title }: EventRecord): EventName => ({ id, slug, title });

type Done =
  | { readonly kind: "created" | "existing"; readonly event: EventRecord }
  | { readonly kind: "updated"; readonly event: EventRecord; readonly fields: string[] }
  | { readonly kind: "refused"; readonly refused: RefusedChange };

async function make(
  { feeds, romanize }: EventImportDeps,
  { one, venues, by }: Omit<TakeOver, "known">,
): Promise<Done> {
  const venue = await venues.of(one.event);
  let tried = 0;
  for (const slug of eventSlugs(one.event, romanize)) {
    tried += 1;
    try {
      const draft = { ...one.draft, slug, venueId: venue.id };
      const { isNew, event } = await feeds.importEvent(by.actor, by.organization, { draft, feed: one.feed });
      return { kind: isNew ? "created" : "existing", event };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "event.slug_taken" || tried >= SLUGS_MAX)
        throw error;
    }
  }
  throw new Error("slugs of an event do not end");
}

type TakeOver = {
  readonly one: Planned;
  readonly known: NamedEvent;
  readonly venues: Venues;
  readonly by: ImportedBy;
};

/** Takes over what the feed says differently than the last time; what was edited here since then stays. */
async function takeOver(deps: EventImportDeps, { one, known, venues, by }: TakeOver): Promise<Done> {
  const { events, feeds, update } = deps;
  const { event: imported, feed } = one;
  const current = await events.findEvent(known.eventId);
  if (!current || !feed) return make(deps, { one, venues, by });
  const changes = feed.sequence < known.sequence ? {} : feedChanges(known.said, feed.said);
  const fields = Object.keys(changes);
  if (fields.length === 0) {
    // Newer and the same: what is older than this is old from now on.
    if (feed.sequence > known.sequence) await feeds.remember(known.eventId, feed);
    return { kind: "existing", event: current };
  }
  const { venue, ...details } = changes;
  const moved = venue === undefined ? {} : { venueId: (await venues.of(imported)).id };
  try {
    const draft = draftOf({ ...current, ...(details as FeedFacts), ...moved });
    const event = await update(by.actor, known.eventId, { version: current.detailsVersion, draft });
    await feeds.remember(known.eventId, feed);
    return { kind: "updated", event, fields };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { title, path } = imported;
    return { kind: "refused", refused: { path, title, slug: current.slug, fields, error } };
  }
}

type Venues = ReturnType<typeof makeVenues>;

/** The venue of an event, made when there is none of its name and city. */
function makeVenues(venues: EventImportDeps["venues"], { organization, actor }: ImportedBy) {
  const known = new Map<string, Venue>();
  const addresses = new Map<string, string>();
  let created = 0;
  const keyOf = ({ name, city }: ImportedEvent["venue"]) => `${name}\n${city}`.toLowerCase();
  return {
    created: () => created,
    /** An address that stands there already was written by a person, or by a file before, and stays. */
    async learnAddress({ venue }: ImportedEvent): Promise<void> {
      const key = keyOf(venue);
      const { address } = venue;
      if (address === "" || addresses.has(key)) return;
      addresses.set(key, address);
      const found = await venues.find(organization, venue);
      if (found?.address !== "") return;
      await venues.setAddress(actor, { venueId: found.id, before: "", address });
    },
    async of({ venue, timeZone }: ImportedEvent): Promise<Venue> {
      const key = keyOf(venue);
      let found = known.get(key) ?? (await venues.find(organization, venue));
      if (!found) {
        const address = addresses.get(key) ?? "";
        found = await venues.create(actor, { organizationId: organization, ...venue, address, timeZone });
        created += 1;
      }
      known.set(key, found);
      return found;
    },
  };
}

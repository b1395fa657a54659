import { AppError } from "../shared/errors.ts";
import type { Problem } from "../layout/problem.ts";
import { EventDraft, type EventRecord } from "./event.ts";
import type { EventStore, Venue } from "./event-store.ts";
import type { ImportedEvent } from "./import-event.ts";
import { nameEvents } from "./import-slug.ts";
import { withOwnKeys } from "./import-window-keys.ts";

export type EventImportDeps = {
  readonly events: Pick<EventStore, "findEvent" | "findVenue" | "createVenue">;
  readonly create: (draft: EventDraft) => Promise<EventRecord>;
};
export type EventImportInput = {
  readonly events: readonly ImportedEvent[];
  /** For events whose file names none. */
  readonly currency: string;
  readonly onWritten?: (done: number) => void;
};
export type EventImportResult = {
  readonly created: readonly { readonly id: string; readonly slug: string; readonly title: string }[];
  /** Slugs that were here already with the same start: the import ran before. */
  readonly existing: readonly string[];
  readonly venuesCreated: number;
};

/** A checked draft whose venue is still to be found or made. */
type Planned = { readonly event: ImportedEvent; readonly draft: EventDraft };

/** Not an id of anything; stands in while a draft is checked before its venue exists. */
const NO_VENUE = "00000000-0000-4000-8000-000000000000";

/**
 * Writes imported events as drafts. Everything is checked before the first write, so a refused file leaves nothing
 * behind; an import that was cut off goes on where it stopped when it is run again.
 */
export function makeEventImportService({ events, create }: EventImportDeps) {
  function plan({ events: imported, currency }: EventImportInput): Planned[] {
    const slugs = nameEvents(imported);
    const problems: Problem[] = [];
    const planned: Planned[] = [];
    imported.forEach((event, index) => {
      const { title, subtitle, description, genre, timeZone, doorsAtMs, startsAtMs, endsAtMs } = event;
      const checked = EventDraft.safeParse({
        title,
        subtitle,
        description,
        genre,
        timeZone,
        doorsAtMs,
        startsAtMs,
        endsAtMs,
        slug: slugs[index],
        venueId: NO_VENUE,
        layoutId: null,
        currency: event.currency ?? currency,
        saleWindows: withOwnKeys(event.saleWindows),
      });
      if (checked.success) planned.push({ event, draft: checked.data });
      else problems.push(...checked.error.issues.map((issue) => problemOf(event, issue)));
    });
    if (problems.length > 0) refuse(problems);
    return planned;
  }

  /** New ones apart from those that are here; a slug that is here with another start is a fault. */
  async function sortOut(planned: readonly Planned[]): Promise<{ fresh: Planned[]; existing: string[] }> {
    const fresh: Planned[] = [];
    const existing: string[] = [];
    const problems: Problem[] = [];
    for (const one of planned) {
      const { slug, startsAtMs, title } = one.draft;
      const found = await events.findEvent(slug);
      if (!found) fresh.push(one);
      else if (found.startsAtMs === startsAtMs) existing.push(slug);
      else {
        const message = `There is an event "${slug}" already, at another time than "${title}" of this file.`;
        problems.push({ code: "event.slug_taken", path: one.event.path, message });
      }
    }
    if (problems.length > 0) refuse(problems);
    return { fresh, existing };
  }

  return {
    async run(input: EventImportInput): Promise<EventImportResult> {
      const { fresh, existing } = await sortOut(plan(input));
      const venues = new Map<string, Venue>();
      const created: { id: string; slug: string; title: string }[] = [];
      let venuesCreated = 0;
      for (const { event, draft } of fresh) {
        const key = `${event.venue.name}\n${event.venue.city}`.toLowerCase();
        let venue = venues.get(key) ?? (await events.findVenue(event.venue.name, event.venue.city));
        if (!venue) {
          venue = await events.createVenue({ ...event.venue, timeZone: event.timeZone });
          venuesCreated += 1;
        }
        venues.set(key, venue);
        const { id, slug, title } = await create(EventDraft.parse({ ...draft, venueId: venue.id }));
        created.push({ id, slug, title });
        input.onWritten?.(created.length);
      }
      return { created, existing, venuesCreated };
    },
  };
}
export type EventImportService = ReturnType<typeof makeEventImportService>;

function problemOf(event: ImportedEvent, issue: { path: PropertyKey[]; message: string }): Problem {
  const field = issue.path.join(".");
  return { code: "event.invalid", path: event.path, message: `"${event.title}": ${field}: ${issue.message}` };
}

function refuse(problems: readonly Problem[]): never {
  const message = `${problems.length} of the events cannot be imported; nothing was. The first: ${problems[0]?.message ?? ""}`;
  throw new AppError("import.invalid", message, { details: { problems: problems.slice(0, 100) } });
}

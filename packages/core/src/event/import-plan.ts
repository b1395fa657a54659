import { tellProblems } from "../shared/problem.ts";
import type { z } from "zod";
import { problem, type Problem } from "../shared/problem.ts";
import { schemaRule } from "../shared/schema-rule.ts";
import { AppError } from "../shared/errors.ts";
import { VenueId } from "../shared/ids.ts";
import type { Romanize } from "../shared/slug.ts";
import { EventDraft } from "./event.ts";
import type { FeedFacts, FeedNews } from "./event-feed-store.ts";
import { oddTimes } from "./event-times.ts";
import type { ImportedEvent } from "./import-event.ts";
import { eventSlugs } from "./import-slug.ts";
import { withOwnKeys } from "./import-window-keys.ts";

/** A checked draft whose venue and slug are still to be found. */
export type Planned = {
  readonly event: ImportedEvent;
  readonly draft: Omit<EventDraft, "venueId"> & { venueId: VenueId };
  readonly feed: FeedNews | null;
};

/** Not an id of anything; stands in while a draft is checked before its venue exists. */
const NO_VENUE = VenueId.parse("00000000-0000-4000-8000-000000000000");

/** Checks every event by the rules of any other draft; throws with all faults when one has any. */
export function planImports(
  { events, currency }: { events: readonly ImportedEvent[]; currency: string },
  romanize: Romanize,
): Planned[] {
  const problems: Problem[] = [];
  const planned = events.flatMap((event): Planned[] => {
    const { title, subtitle, description, genre, timeZone, doorsAtMs, startsAtMs, endsAtMs } = event;
    const [slug] = eventSlugs(event, romanize);
    const checked = EventDraft.safeParse({
      title,
      subtitle,
      description,
      genre,
      timeZone,
      doorsAtMs,
      startsAtMs,
      endsAtMs,
      slug,
      venueId: NO_VENUE,
      layoutId: null,
      currency: event.currency ?? currency,
      saleWindows: withOwnKeys(event.saleWindows, romanize),
    });
    if (!checked.success) {
      problems.push(...checked.error.issues.map((issue) => problemOf(event, issue)));
      return [];
    }
    problems.push(
      ...oddTimes(checked.data).map(({ code }) => problem(code, event.path, { title: event.title })),
    );
    const said = factsOf(event, checked.data);
    return [{ event, draft: checked.data, feed: event.feed ? { ...event.feed, said } : null }];
  });
  if (problems.length > 0) refuse(problems);
  return planned;
}

/** What the file says of an event, for the comparison with what it says the next time. */
function factsOf({ venue }: ImportedEvent, draft: EventDraft): FeedFacts {
  const { title, subtitle, description, genre, timeZone, doorsAtMs, startsAtMs, endsAtMs, saleWindows } =
    draft;
  return {
    title,
    subtitle,
    description,
    genre,
    // By what a venue is known by: its address is the venue's, and no change of the event.
    venue: { name: venue.name, city: venue.city, country: venue.country },
    timeZone,
    doorsAtMs,
    startsAtMs,
    endsAtMs,
    saleWindows,
  };
}

/** The fields that a feed says differently than before, with what it says now. */
export function feedChanges(before: FeedFacts, now: FeedFacts): FeedFacts {
  return Object.fromEntries(
    Object.entries(now).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field])),
  );
}

function problemOf({ path, title }: ImportedEvent, issue: z.core.$ZodIssue): Problem {
  return problem("event.invalid", path, { title, field: issue.path.join("."), rule: schemaRule(issue) });
}

function refuse(problems: readonly Problem[]): never {
  throw new AppError("import.invalid", tellProblems(problems));
}

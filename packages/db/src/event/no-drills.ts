import { and, eq, like, not } from "drizzle-orm";
import {
  DRILL_GENRE,
  DRILL_LAYOUT_PREFIX,
  DRILL_SLUG_PREFIX,
  DRILL_VENUE,
} from "@onsale/core/drill/drill-names";
import { must } from "@onsale/core/shared/assert";
import { events, layouts, venues } from "../schema/tables.ts";

const both = (...parts: Parameters<typeof and>) => must(and(...parts), "an and of parts is one");

/** All but what drills made. In the query and not after it, or hundreds of drills would fill a page with nothing. */
export const NO_DRILLS = {
  events: not(both(eq(events.genre, DRILL_GENRE), like(events.slug, `${DRILL_SLUG_PREFIX}%`))),
  layouts: not(like(layouts.name, `${DRILL_LAYOUT_PREFIX}%`)),
  venues: not(both(eq(venues.name, DRILL_VENUE.name), eq(venues.city, DRILL_VENUE.city))),
};

import { VenueId } from "@onsale/core/shared/ids";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { must } from "@onsale/core/shared/assert";
import type { Venue } from "@onsale/core/venue/venue";
import type { VenueStore } from "@onsale/core/venue/venue-store";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { NO_DRILLS } from "../event/no-drills.ts";
import { ofOrganization } from "../organization/scope.ts";
import { retryConflicts } from "../retry.ts";
import { venues } from "../schema/tables.ts";

const Addressed = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["saved", "not_found"]) }),
  z.object({ kind: z.literal("changed"), address: z.string() }),
]);

export function venueOf(row: typeof venues.$inferSelect): Venue {
  const { id, organizationId, name, address, city, country, timeZone } = row;
  return { id, organizationId, name, address, city, country, timeZone };
}

export function makePgVenueStore(database: Database): VenueStore {
  const { sql, db } = database;
  return {
    async create(actor, { organizationId, name, address = "", city, country, timeZone }) {
      const input = audited(actor, { organizationId, name, address, city, country, timeZone });
      const [row] = await retryConflicts(() => sql`select create_venue(${input}::text::jsonb) as id`);
      const id = VenueId.parse(row?.["id"]);
      const [venue] = await db.select().from(venues).where(eq(venues.id, id));
      return venueOf(must(venue, "the venue was just written"));
    },
    async setAddress(actor, change) {
      const input = audited(actor, change);
      const [row] = await retryConflicts(
        () => sql`select set_venue_address(${input}::text::jsonb) as answer`,
      );
      return Addressed.parse(row?.["answer"]);
    },
    async list(organization) {
      const rows = await db
        .select()
        .from(venues)
        .where(
          and(
            NO_DRILLS.venues,
            organization ? eq(venues.organizationId, organization) : undefined,
            ofOrganization(database, venues.organizationId),
          ),
        )
        .orderBy(venues.name, venues.city);
      return rows.map(venueOf);
    },
    async find(organization, { name, city }) {
      const [found] = await sql<{ id: VenueId }[]>`
        select id from venue
        where organization_id = ${organization} and lower(name) = lower(${name}) and lower(city) = lower(${city})`;
      if (!found) return null;
      const [venue] = await db.select().from(venues).where(eq(venues.id, found.id));
      return venue ? venueOf(venue) : null;
    },
  };
}

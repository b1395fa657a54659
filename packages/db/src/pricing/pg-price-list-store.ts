import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { Stale } from "@onsale/core/audit/change";
import type { PriceListStore } from "@onsale/core/pricing/price-list-store";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { ofEvent } from "../organization/scope.ts";
import { retryConflicts } from "../retry.ts";
import { eventPriceLists } from "../schema/tables.ts";

const Published = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("published"), version: z.int() }),
  Stale,
  z.object({ kind: z.literal("not_found") }),
]);

export function makePgPriceListStore(database: Database): PriceListStore {
  const { sql, db } = database;
  return {
    async publish(actor, id, change) {
      const input = audited(actor, { id, ...change });
      const [row] = await retryConflicts(() => sql`select publish_prices(${input}::text::jsonb) as answer`);
      return Published.parse(row?.["answer"]);
    },
    async find(id, version) {
      const [row] = await db
        .select({ list: eventPriceLists.list })
        .from(eventPriceLists)
        .where(
          and(
            eq(eventPriceLists.eventId, id),
            eq(eventPriceLists.version, version),
            ofEvent(database, eventPriceLists.eventId),
          ),
        );
      return row?.list ?? null;
    },
  };
}

import { z } from "zod";
import type { BatchUse, PresaleUse } from "@onsale/core/access/access";
import type { AccessStore } from "@onsale/core/access/access-store";
import type { EventId } from "@onsale/core/shared/ids";
import { audited } from "../audit/audited.ts";
import type { Database } from "../client.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { scopeOf } from "../organization/scope.ts";
import { retryConflicts } from "../retry.ts";

const Redeemed = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("granted"), windowKey: z.string(), replayed: z.boolean() }),
  z.object({ kind: z.literal("refused") }),
]);
const Count = z.int().min(0);

/** Codes, lists and grants: functions/access. Each verb is one statement. */
export function makePgAccessStore(database: Pick<Database, "sql" | "organization">): AccessStore {
  const { sql } = database;
  return {
    async createCodes(actor, input) {
      const batch = audited(actor, { ...input, maxUses: input.usesEach });
      await retryConflicts(() => sql`select create_access_codes(${batch}::text::jsonb)`);
    },
    async redeem({ eventId, accountId, hash }) {
      try {
        const [row] = await retryConflicts(
          () => sql`select redeem_access(${eventId}, ${accountId}, decode(${hash}, 'hex')) as answer`,
        );
        return Redeemed.parse(row?.["answer"]);
      } catch (error) {
        if (brokenConstraint(error) === "access_code_within_uses") return { kind: "refused" };
        throw error;
      }
    },
    async grantsOf({ eventId, accountId, byList }) {
      const [row] = await sql`select access_of(${eventId}, ${accountId}, ${byList}) as keys`;
      return z.array(z.string()).parse(row?.["keys"]);
    },
    async revoke(actor, input) {
      const what = audited(actor, input);
      const [row] = await retryConflicts(
        () => sql`select revoke_access_codes(${what}::text::jsonb) as codes`,
      );
      return Count.parse(row?.["codes"]);
    },
    async addEmails(actor, input) {
      const list = audited(actor, input);
      const [row] = await retryConflicts(() => sql`select list_access_emails(${list}::text::jsonb) as added`);
      return Count.parse(row?.["added"]);
    },
    async removeEmails(actor, input) {
      const list = audited(actor, input);
      const [row] = await retryConflicts(
        () => sql`select unlist_access_emails(${list}::text::jsonb) as removed`,
      );
      return Count.parse(row?.["removed"]);
    },
    ...reads(database),
  };
}

function reads(database: Pick<Database, "sql" | "organization">) {
  const { sql } = database;
  const { andEvent } = scopeOf(database);
  return {
    async batches(eventId: EventId): Promise<BatchUse[]> {
      return sql<BatchUse[]>`
        select batch_id as "batchId", window_key as "windowKey", label, count(*)::int as codes, max_uses as "usesEach",
          sum(uses)::int as uses, floor(extract(epoch from expires_at) * 1000)::float8 as "expiresAtMs",
          count(revoked_at)::int as revoked, floor(extract(epoch from min(created_at)) * 1000)::float8 as "createdAtMs",
          created_by as "createdBy"
        from access_code where event_id = ${eventId} ${andEvent(eventId)}
        group by batch_id, window_key, label, max_uses, expires_at, created_by order by "createdAtMs" desc`;
    },
    async presales(eventId: EventId): Promise<PresaleUse[]> {
      return sql<PresaleUse[]>`
        with granted as (select window_key, count(*)::int as n from access_grant where event_id = ${eventId} group by 1),
        listed as (select window_key, count(*)::int as n from access_list where event_id = ${eventId} group by 1),
        sold as (select window_key, allotment, taken from window_allotment where event_id = ${eventId}),
        named as (select window_key from granted union select window_key from listed union select window_key from sold
          union select window_key from access_code where event_id = ${eventId})
        select named.window_key as "windowKey", coalesce(granted.n, 0) as granted, coalesce(listed.n, 0) as listed,
          sold.allotment, coalesce(sold.taken, 0) as taken
        from named left join granted using (window_key) left join listed using (window_key) left join sold using (window_key)
        where true ${andEvent(eventId)} order by 1`;
    },
    async placesLeft(eventId: EventId): Promise<ReadonlyMap<string, number>> {
      const rows = await sql<{ key: string; places: number }[]>`
        select window_key as key, allotment - taken as places from window_allotment
        where event_id = ${eventId} and allotment is not null`;
      return new Map(rows.map(({ key, places }) => [key, places]));
    },
  };
}

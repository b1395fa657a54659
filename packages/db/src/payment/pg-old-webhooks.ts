import type { Database } from "../client.ts";

/** Rows that one statement deletes, so that none takes long. */
const FORGOTTEN_MAX = 5_000;

/** Which webhooks of providers were seen: kept for longer than any provider repeats one. */
export function makePgOldWebhooks({ sql }: Pick<Database, "sql">) {
  return {
    async forget(olderThanMs: number): Promise<number> {
      for (let gone = 0; ;) {
        // oxlint-disable-next-line no-await-in-loop -- one batch after the other
        const { count } = await sql`
          delete from webhook_event where ctid = any (array(
            select ctid from webhook_event
            where received_at < clock_timestamp() - ${olderThanMs} * interval '1 millisecond' limit ${FORGOTTEN_MAX}))`;
        gone += count;
        if (count < FORGOTTEN_MAX) return gone;
      }
    },
  };
}

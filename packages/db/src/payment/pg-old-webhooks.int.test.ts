import { expect, test } from "vitest";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgOldWebhooks } from "./pg-old-webhooks.ts";

describeWithDatabase("webhooks that were seen", (database) => {
  test("are forgotten when no provider repeats them any more, however many they are, and not before", async () => {
    const seen = (count: number, age: string) => database().sql`
      insert into webhook_event (provider, event_id, provider_ref, received_at)
      select 'test', gen_random_uuid(), 'pay', clock_timestamp() - ${age}::interval from generate_series(1, ${count}) n`;
    await seen(6_000, "31 days");
    await seen(3, "29 days");
    expect(await makePgOldWebhooks(database()).forget(30 * 86_400_000)).toBe(6_000);
    expect(await database().sql`select count(*)::int as n from webhook_event`).toEqual([{ n: 3 }]);
  });
});

import { expect, test } from "vitest";
import { describeApp } from "../testing/test-app.ts";
import { makeTestWaitlist, wishes } from "../testing/test-waitlist.ts";

const HOUR_MS = 3_600_000;

describeApp("the waitlist during a presale", (app) => {
  const { round, offered, seesFree } = makeTestWaitlist(app);

  test("nobody without a code is offered what those with one may buy right now", async () => {
    const eventId = await app().openEvent({ rows: 1, seats: 8, standing: 0 });
    const opensAtMs = Date.now() - HOUR_MS;
    const saleWindows = [
      {
        kind: "presale" as const,
        key: "fans",
        label: "Fan club",
        opensAtMs,
        closesAtMs: opensAtMs + 2 * HOUR_MS,
      },
    ];
    await app().changeEvent(eventId, { saleWindows });
    await seesFree(eventId, 8);

    const account = await app().account();
    const { waitlist } = app().as(account);
    const closed = { cause: { code: "waitlist.closed" } };
    await expect(waitlist.join({ eventId, wishes: wishes() })).rejects.toMatchObject(closed);
    // Nothing of that level is on sale.
    await waitlist.join({ eventId, wishes: wishes({ categories: ["standing"] }) });
    await expect(waitlist.change({ eventId, wishes: wishes() })).rejects.toMatchObject(closed);
    await expect(waitlist.join({ eventId, wishes: wishes() })).rejects.toMatchObject(closed);
    expect(await round(eventId)).toBe(0);
    expect(await offered(account, eventId)).toBeNull();
  });
});

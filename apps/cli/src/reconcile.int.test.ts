import { composeContainer } from "@onsale/api/compose/container";
import type { Config } from "@onsale/api/config";
import { describeApp, key, seatItems } from "@onsale/api/testing/test-app";
import { expect, test } from "vitest";
import { askTicketctl as ask, runTicketctl } from "./testing/run-ticketctl.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/;
/** Where nothing listens. */
const NOWHERE = "127.0.0.1:1";

describeApp("ticketctl reconcile", (app) => {
  /** The same installation, but for what it stands on. */
  async function beside(change: Partial<Config>, ...args: readonly string[]) {
    const other = composeContainer({ ...app().container.config, ...change });
    try {
      const { code, out } = await runTicketctl(other, ["reconcile", ...args]);
      return { code, out, answer: args.includes("--json") ? JSON.parse(out) : null };
    } finally {
      await other.close();
    }
  }
  const withoutRedis = { redisUrl: `redis://${NOWHERE}` };
  const withoutProvider = { sandbox: { url: `http://${NOWHERE}`, key: "a key that nobody has" } };

  async function soldOrder(): Promise<string> {
    const eventId = await app().openEvent();
    const fan = app().as(await app().account());
    const { hold, quote } = await fan.hold.create({ eventId, operationId: key(), items: seatItems(0) });
    app().work();
    const paid = await fan.checkout.start({
      eventId,
      holdId: hold.id,
      quoteHash: quote.hash,
      method: "card_ok",
      idempotencyKey: key(),
    });
    return paid.orderId;
  }

  test("without Redis everything in Postgres is looked at, the rest is said not to be, and it ends with 9", async () => {
    await app().openEvent();
    const { code, answer } = await beside(withoutRedis, "--json");
    expect({ code, answer }).toMatchObject({
      code: 9,
      answer: { ok: false, violations: 0, drift: [], away: ["redis"], events: 0 },
    });
    expect(answer.invariants.length).toBeGreaterThan(20);
    const { out } = await beside(withoutRedis);
    expect(out).toContain("Redis does not answer: what it holds was not compared with Postgres");
    expect(out).not.toContain("✓ No drift");
  });

  test("without the payment provider its books alone are not compared, which is said, and it ends with 9", async () => {
    const { code, answer } = await beside(withoutProvider, "--json");
    expect({ code, answer }).toMatchObject({ code: 9, answer: { ok: false, drift: [], away: ["provider"] } });
    expect(answer.invariants.filter((one: { away: unknown }) => one.away)).toMatchObject([{ id: "I6" }]);
    const { out } = await beside(withoutProvider);
    expect(out).toMatch(/- +I6 .*not asked/);
    expect(out).toContain("The payment provider does not answer");
  });

  test("seats that Redis lost are told by its event, and --fix says what it has mended", async () => {
    const { container, owner } = app();
    const eventId = await app().openEvent();
    const [event] = await owner`select slug from event where id = ${eventId}`;
    await app().forgetRedis(eventId);
    const told = await runTicketctl(container, ["reconcile", "--event", eventId]);
    expect(told.out).toContain(`${event?.["slug"]}: Redis has lost the event's seats`);
    expect(told.out).not.toMatch(UUID);
    expect((await runTicketctl(container, ["reconcile", "--event", eventId, "--fix"])).out).toContain(
      "Mended now",
    );
  });

  test("names a seat as its ticket does, beside the number that the shard has for it", async () => {
    const { container, owner } = app();
    const eventId = await app().openEvent();
    const [event] = await owner`select slug from event where id = ${eventId}`;
    await owner.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`insert into seat_claim (event_id, seat_no, state) values (${eventId}, 4, 'blocked')`;
    });
    const { out } = await runTicketctl(container, ["reconcile", "--event", eventId]);
    expect(out).toContain(`${event?.["slug"]} · Hall, 1, 5: Seat 4 is blocked, and free in Redis`);
    await runTicketctl(container, ["reconcile", "--event", eventId, "--fix"]);
  });

  test("tells what is wrong by the order's reference, with what it means and the command to go on with", async () => {
    const { container, owner } = app();
    const orderId = await soldOrder();
    const [order] =
      await owner`select reference, slug from orders o join event e on e.id = o.event_id where o.id = ${orderId}`;
    const { reference, slug } = order ?? {};
    await owner.begin(async (tx) => {
      // The guards of the tables sleep in this session.
      await tx`set local session_replication_role = replica`;
      await tx`update payment set state = 'authorised' where order_id = ${orderId}`;
      await tx`insert into parked_order (order_id, stage, error) values (${orderId}, 'confirm', 'no such seat')`;
    });
    await container.jobs.enqueue({ kind: "mail.test", payload: { orderId }, effectKey: key() });
    const [job] = await owner`
      update job set parked_at = clock_timestamp(), attempts = 15, last_error = 'no such mailbox' where kind = 'mail.test' returning id`;
    const { code, out } = await runTicketctl(container, ["reconcile"]);
    expect(code).toBe(3);
    expect(out).toContain(`I25 · ${slug}: Order ${reference} is paid, and its payment is only authorised`);
    expect(out).toContain(`I28 · ${slug}: Order ${reference} could not be gone on with (at "confirm")`);
    expect(out).toContain(`ticketctl order retry ${reference}`);
    expect(out).toContain(
      `Job ${job?.["id"]} (mail.test) was given up after 15 tries, of order ${reference}`,
    );
    expect(out).toContain("Last error: no such mailbox");
    expect(out).toContain(`ticketctl jobs retry ${job?.["id"]}`);
    expect(out).not.toMatch(UUID);
    expect(out).not.toContain("{");
    const { answer } = await ask(container, "reconcile");
    expect(answer).toMatchObject({ ok: false, away: [] });
    expect(JSON.stringify(answer)).toContain(orderId);
    // What is known to be wrong counts for more than what could not be looked at.
    expect((await beside(withoutRedis)).code).toBe(3);
  });
});

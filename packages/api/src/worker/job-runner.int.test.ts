import { randomUUID } from "node:crypto";
import type { LetterOrder } from "@onsale/core/notification/letter-orders";
import { makeMailService } from "@onsale/core/notification/mail-service";
import { ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import { EventId, HoldId, OrderId } from "@onsale/core/shared/ids";
import { makeMailer } from "@onsale/providers/mail/write-mail";
import { expect, test } from "vitest";
import type { Services } from "../compose/services.ts";
import { longestTurn } from "../testing/longest-turn.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";
import { BATCHES_MAX, makeJobRunner, TRIES_MAX } from "./job-runner.ts";

const PAID = "mail.order_paid";
/** Of one thread, which also sells. */
const TURN_CPU_MS = 10;

describeApp("jobs", (app) => {
  const runner = (changed: Partial<Services>, owner = randomUUID()) => {
    const { services } = app().container;
    return makeJobRunner({ ...app().container, services: { ...services, ...changed } }, owner);
  };
  const enqueue = async (kind: string, payload: Readonly<Record<string, unknown>>) => {
    const effectKey = randomUUID();
    await app().container.jobs.enqueue({ kind, payload, effectKey });
    return effectKey;
  };
  const stateOf = async (effect: string) => {
    const [row] = await app().container.database.sql<
      { done: boolean; parked: boolean; error: string | null; attempts: number }[]
    >`
      select done_at is not null as done, parked_at is not null as parked, last_error as error, attempts
      from job where effect = ${effect}`;
    return row;
  };
  const tried = (effect: string, attempts: number) =>
    app().container.database.sql`update job set attempts = ${attempts} where effect = ${effect}`;
  const signUps = (sendMail: (id: string) => Promise<void>): Partial<Services> => ({
    signUps: { ...app().container.services.signUps, sendMail },
  });

  test("one that fails, and one that nobody can read, take no other of their batch with them", async () => {
    const sent: string[] = [];
    const [bad, unreadable, ...good] = [
      await enqueue("mail.sign_up", { signUpId: "bad" }),
      await enqueue("mail.sign_up", {}),
      await enqueue("mail.sign_up", { signUpId: "1" }),
      await enqueue("mail.sign_up", { signUpId: "2" }),
    ];
    const orders = [await enqueue(PAID, {}), await enqueue(PAID, { orderId: OrderId.parse(randomUUID()) })];
    await runner(
      signUps(async (id) => {
        if (id === "bad") throw new Error("no such mailbox");
        sent.push(id);
      }),
    ).drain();
    expect(sent.sort()).toEqual(["1", "2"]);
    expect(await Promise.all(good.map(stateOf))).toMatchObject([{ done: true }, { done: true }]);
    expect(await stateOf(bad ?? "")).toMatchObject({ done: false, error: "Error: no such mailbox" });
    expect(await stateOf(unreadable ?? "")).toMatchObject({ done: false, parked: false });
    const [, unknown] = await Promise.all(orders.map(stateOf));
    expect(unknown).toMatchObject({ done: false, error: expect.stringContaining("order.not_found") });
  });

  test("one that was refused for an hour is parked with its error, and not tried again", async () => {
    let tries = 0;
    const broken = runner(
      signUps(async () => {
        tries++;
        throw new Error("no such mailbox");
      }),
    );
    const effect = await enqueue("mail.sign_up", { signUpId: "1" });
    await tried(effect, TRIES_MAX - 2);
    await broken.drain();
    expect(await stateOf(effect)).toMatchObject({ parked: false });
    await app().container.database.sql`update job set run_at = clock_timestamp() where effect = ${effect}`;
    await broken.drain();
    expect(await stateOf(effect)).toMatchObject({
      done: false,
      parked: true,
      error: "Error: no such mailbox",
    });
    await broken.drain();
    expect(tries).toBe(2);
  });

  test("one that waits for somebody who is away is never parked: money goes back whenever the provider is there again", async () => {
    const { services } = app().container;
    const effect = await enqueue("payment.return", { orderId: OrderId.parse(randomUUID()) });
    await tried(effect, 5 * TRIES_MAX);
    const returnMoney = () => Promise.reject(new ProviderUnavailable("no answer"));
    await runner({ payments: { ...services.payments, returnMoney } }).drain();
    expect(await stateOf(effect)).toMatchObject({ done: false, parked: false, attempts: 5 * TRIES_MAX + 1 });
  });

  test("mails of orders that hang keep back neither a code that somebody waits for nor money that goes back", async () => {
    const { services } = app().container;
    let letGo: (outcomes: []) => void = () => undefined;
    const hangs = new Promise<[]>((resolve) => {
      letGo = resolve;
    });
    const returned: string[] = [];
    let begun = 0;
    const stop = new AbortController();
    for (let n = 0; n < 500; n++) await enqueue(PAID, { orderId: OrderId.parse(randomUUID()) });
    const worker = runner({
      ...signUps(() => Promise.resolve()),
      mail: {
        ...services.mail,
        ordersPaid() {
          begun++;
          return hangs;
        },
      },
      payments: {
        ...services.payments,
        async returnMoney(orderId) {
          returned.push(orderId);
        },
      },
    });
    const running = worker.run(stop.signal);
    // As many as a lane has under way: it takes no more.
    await expect.poll(() => begun, { timeout: 10_000 }).toBe(BATCHES_MAX);
    const code = await enqueue("mail.sign_up", { signUpId: "1" });
    const orderId = OrderId.parse(randomUUID());
    await enqueue("payment.return", { orderId });
    await expect.poll(() => stateOf(code), { timeout: 10_000 }).toMatchObject({ done: true });
    await expect.poll(() => returned, { timeout: 10_000 }).toContain(orderId);
    stop.abort();
    letGo([]);
    await running;
  });

  test("the mail of an order that this process saw paid is taken at once, without looking for it", async () => {
    const { container } = app();
    const { services, ordersPaid } = container;
    const eventId = await app().openEvent();
    const caller = app().as(await app().account());
    const told: string[] = [];
    const mail = {
      ...services.mail,
      async ordersPaid(orderIds: readonly OrderId[]) {
        told.push(...orderIds);
        return orderIds.map(() => ({ status: "fulfilled" as const, value: undefined }));
      },
    };
    let looks = 0;
    // Never looks unless it is rung for.
    const bell = {
      ...ordersPaid,
      wait(_ms: number, signal: AbortSignal) {
        looks++;
        return ordersPaid.wait(3_600_000, signal);
      },
    };
    const stop = new AbortController();
    const parts = { ...container, services: { ...services, mail }, ordersPaid: bell };
    const running = makeJobRunner(parts, randomUUID()).run(stop.signal);
    await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(0);
    const { hold, quote } = await caller.hold.create({
      eventId,
      operationId: key(),
      items: seatItems(0),
    });
    const paying = caller.checkout.start({
      eventId,
      holdId: HoldId.parse(hold.id),
      quoteHash: quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    });
    await expect.poll(() => app().writeOrders(eventId), { timeout: 10_000 }).toBe(true);
    const { orderId } = await paying;
    await expect.poll(() => told, { timeout: 10_000 }).toContain(orderId);
    stop.abort();
    await running;
  });

  test("a thousand mails of paid orders leave the sale its turns, and each of them is sent once", async () => {
    const eventId = EventId.parse(await app().openEvent());
    const account = await app().account();
    const { services, events, catalog, database } = app().container;
    await database.sql`update job set done_at = clock_timestamp() where done_at is null`;
    const sent: string[] = [];
    const orderOf = (id: OrderId): LetterOrder => ({
      id,
      eventId,
      accountId: account.id,
      reference: "M74Z-ZQ79",
      email: account.email,
      locale: "de-CH",
      currency: "EUR",
      totalMinor: 10_500,
      items: [],
      state: "paid",
      createdAtMs: 7,
    });
    const mail = makeMailService({
      orders: { find: (ids) => Promise.resolve(ids.map(orderOf)) },
      events,
      catalog,
      givePassBack: (order) => services.passReturn.ofPaidOrder(order),
      mailer: makeMailer({ carry: ({ messageId }) => Promise.resolve(void sent.push(messageId)) }),
      ordersUrl: "https://tickets.example/orders",
    });
    const open = (count: number) => database.sql`
      insert into job (kind, effect, payload)
      select ${PAID}, id, jsonb_build_object('orderId', id)
      from (select gen_random_uuid()::text as id from generate_series(1, ${count}) n) new`;
    const [one, other] = [runner({ mail }), runner({ mail })];
    // What runs for the first time is not compiled yet.
    await open(500);
    await one.drain();
    await open(1_000);
    const { cpuMs } = await longestTurn(() => Promise.all([one.drain(), other.drain()]));
    expect([sent.length, new Set(sent).size]).toEqual([1_500, 1_500]);
    expect(cpuMs).toBeLessThan(TURN_CPU_MS);
  });
});

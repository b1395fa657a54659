import { fan as asFan } from "@onsale/core/actor/actor";
import { TESTER } from "@onsale/core/actor/testing/staff";
import type { Account } from "@onsale/core/actor/account";
import { emailCodeOf } from "@onsale/core/account/verify-email";
import {
  type LineId,
  type LineSettings,
  type LineState,
  MORE_TIME_MAX,
  MORE_TIME_MS,
} from "@onsale/core/line/line";
import { LINE_DEFAULTS } from "@onsale/core/line/line-defaults";
import { makePlaceService } from "@onsale/core/line/place-service";
import { roomKey } from "@onsale/core/line/line-room";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { withTx } from "@onsale/db/with-tx";
import { passesKey } from "@onsale/redis/line/line-keys";
import { describe, expect, test } from "vitest";
import { EMAIL_CODES, keyFor, keysFor, LINE_PASSES } from "./keys/installation-keys.ts";
import { describeApp, key, seatItems } from "./testing/test-app.ts";
import { joinAll, nonce, openLine } from "./testing/test-line.ts";
import { makeJobRunner } from "./worker/job-runner.ts";

const HOUR_MS = 3_600_000;
const refused = (code: string, details: object = {}) => ({ cause: { code, details } });

const orderedAtMs = () => Promise.resolve(Date.now());

describeApp("the rules of a line", (app) => {
  const accounts = (count: number) => Promise.all(Array.from({ length: count }, () => app().account()));
  const move = (lineId: LineId, to: LineState) => app().container.services.lines.move(TESTER, { lineId, to });
  type Buyer = { readonly account: Account; readonly pass: string | null };
  const hold = ({ account, pass }: Buyer, eventId: EventId, seatNo: number) =>
    app()
      .as(account, pass)
      .hold.create({ eventId, operationId: key(), items: seatItems(seatNo) });
  async function buy(buyer: Buyer, eventId: EventId, method = "card_ok") {
    const held = await hold(buyer, eventId, 0);
    const paying = app().container.services.checkout.start(asFan(buyer.account), buyer, {
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method,
    });
    await expect.poll(() => app().writeOrders(eventId), { timeout: 10_000 }).toBe(true);
    return paying;
  }

  /** An open line whose first numbers are called, and its fans in the order of their numbers. */
  async function drawnLine(count: number, settings: Partial<LineSettings> = {}) {
    const eventId = await app().openEvent();
    const line = await openLine(app(), eventId, settings);
    const fans = await accounts(count);
    await joinAll(app(), line.lineId, fans);
    await line.draw();
    const mine = async (account: Account) =>
      must(await app().as(account).line.mine({ eventId }), "the fan joined");
    const placed = await Promise.all(
      fans.map(async (account) => ({ account, standing: await mine(account) })),
    );
    const queue = placed.toSorted((a, b) => Number(a.standing.number) - Number(b.standing.number));
    const fan = (n: number) => must(queue[n], "so many joined").account;
    const ticket = (n: number) => must(queue[n], "so many joined").standing.ticket;
    await line.tick();
    return {
      ...line,
      eventId,
      fan,
      ticket,
      as: (n: number) => app().as(fan(n)).line,
      mine: (n: number) => mine(fan(n)),
      checkIn: (n: number) =>
        app()
          .as(fan(n))
          .line.checkIn({ ticket: ticket(n) }),
      /** As if this fan had been let in so much earlier, in both stores that know it. */
      age: async (n: number, ms: number) => {
        const { database, redis, config } = app().container;
        await withTx(
          database,
          (tx) => tx`
            update line_pass p set admitted_at = admitted_at - ${ms} * interval '1 millisecond' from line l
            where l.id = ${line.lineId} and p.line_no = l.line_no and p.account_id = ${fan(n).id}`,
        );
        const passes = passesKey({ prefix: config.redisKeyPrefix }, roomKey(await line.line()));
        await redis.commands.zincrby(passes, -ms, fan(n).id);
      },
    };
  }
  const inside = async (count: number, settings: Partial<LineSettings> = {}) => {
    const line = await drawnLine(count, settings);
    for (let n = 0; n < count; n++) await line.checkIn(n);
    await line.tick();
    return line;
  };

  describe("joining", () => {
    async function confirmed(account: Account): Promise<Account> {
      const { database, config, accounts: known } = app().container;
      const { verifyEmail } = app().as(account).account;
      await verifyEmail.start();
      const [job] = await database.sql<{ nonce: string }[]>`
        select payload ->> 'nonce' as nonce from job
        where kind = 'mail.verify_email' and payload ->> 'accountId' = ${account.id}`;
      const { nonce: sent } = must(job, "a mail is in the outbox");
      await verifyEmail.confirm({
        code: emailCodeOf(keyFor(EMAIL_CODES, config.authSecrets[0]), account.id, sent),
      });
      return must(await known.findById(account.id), "the account is there");
    }

    test.each<Partial<LineSettings>>([{ requireVerifiedEmail: true }, { onePer: "address" }])(
      "a line with %o is for those alone who confirmed their address",
      async (settings) => {
        const eventId = await app().openEvent();
        const { lineId } = await openLine(app(), eventId, settings);
        const account = await app().account();
        const join = (as: Account) => app().as(as).line.join({ lineId, nonce: nonce() });
        await expect(join(account)).rejects.toMatchObject(refused("account.unverified"));
        expect(await app().as(account).line.mine({ eventId })).toBeNull();
        expect(await join(await confirmed(account))).toMatchObject({ lineId, phase: "lobby" });
      },
    );
  });

  describe("checking in", () => {
    test("a ticket is of use to the account alone that it was made for", async () => {
      const { as, ticket, lineId, checkIn } = await drawnLine(2);
      for (const stolen of [ticket(0), `${ticket(1)}x`])
        await expect(as(1).checkIn({ ticket: stolen })).rejects.toMatchObject(refused("line.not_found"));
      expect((await app().container.services.lines.live(TESTER, lineId)).room).toMatchObject({ front: 0 });
      expect((await checkIn(0)).kind).toBe("present");
    });

    test("a ticket from the lobby has no number to check in with", async () => {
      const { lineId, draw } = await openLine(app(), await app().openEvent());
      const account = await app().account();
      const [standing] = await joinAll(app(), lineId, [account]);
      await draw();
      const { ticket } = must(standing, "joined");
      await expect(app().as(account).line.checkIn({ ticket })).rejects.toMatchObject(
        refused("line.not_your_turn"),
      );
    });
  });

  describe("more time", () => {
    test("is added to the end of shopping, ten times, at the same place", async () => {
      const { as, lineId, mine } = await inside(1);
      const first = await as(0).enter({ lineId });
      // WCAG 2.2.1 asks for ten at least.
      expect(first.extensionsLeft).toBe(10);
      for (let n = 1; n <= MORE_TIME_MAX; n++)
        expect(await as(0).moreTime({ lineId })).toMatchObject({
          shopUntilMs: first.shopUntilMs + n * MORE_TIME_MS,
          extensionsLeft: MORE_TIME_MAX - n,
        });
      await expect(as(0).moreTime({ lineId })).rejects.toMatchObject(
        refused("line.no_more_time", { max: MORE_TIME_MAX }),
      );
      expect(await as(0).renew({ lineId })).toMatchObject({
        shopUntilMs: first.shopUntilMs + MORE_TIME_MAX * MORE_TIME_MS,
        extensionsLeft: 0,
      });
      expect(await mine(0)).toMatchObject({ number: 1, phase: "inside", extensionsLeft: 0 });
    });

    test("seats are sold in the time that was added, and not to who did not ask for it", async () => {
      const minute = 60_000;
      const { as, fan, lineId, eventId, age } = await inside(2, { passTtlMs: minute, passMaxMs: minute });
      const { pass: tooShort } = await as(1).enter({ lineId });
      for (const n of [0, 1]) await age(n, minute / 2);
      await as(0).moreTime({ lineId });
      for (const n of [0, 1]) await age(n, (minute * 3) / 4);
      const { pass } = await as(0).renew({ lineId });
      expect((await hold({ account: fan(0), pass }, eventId, 0)).hold.id).toBeTruthy();
      await expect(hold({ account: fan(1), pass: tooShort }, eventId, 1)).rejects.toMatchObject(
        refused("line.pass_required", { why: "ended" }),
      );
    });

    test("is not used up while the room is lost", async () => {
      const { as, lineId, eventId, tick, mine } = await inside(1);
      await app().forgetRedis(eventId);
      for (let n = 0; n < 3; n++)
        await expect(as(0).moreTime({ lineId })).rejects.toMatchObject(refused("line.resting"));
      await tick();
      expect(await mine(0)).toMatchObject({ extensionsLeft: MORE_TIME_MAX });
    });

    test("is for those alone who are inside", async () => {
      const { as, lineId, mine } = await drawnLine(1);
      await expect(as(0).moreTime({ lineId })).rejects.toMatchObject(refused("line.not_your_turn"));
      expect(await mine(0)).toMatchObject({ phase: "waiting", extensionsLeft: MORE_TIME_MAX });
    });
  });

  describe("the gate", () => {
    test("nobody buys without a pass before the lobby opens, and everybody does once the line is finished", async () => {
      const eventId = await app().openEvent();
      const nowMs = app().container.clock.nowMs();
      const times = { lobbyOpensAtMs: nowMs + HOUR_MS, drawsAtMs: nowMs + 2 * HOUR_MS };
      const { lineId, line } = await openLine(app(), eventId, times);
      const fan = { account: await app().account(), pass: null };
      const noPass = refused("line.pass_required", { why: "missing" });
      expect(await line()).toMatchObject({ state: "closed", finishedAtMs: null });
      await expect(hold(fan, eventId, 0)).rejects.toMatchObject(noPass);
      await move(lineId, "lobby");
      await expect(hold(fan, eventId, 0)).rejects.toMatchObject(noPass);
      await move(lineId, "closed");
      expect((await buy(fan, eventId)).progress.kind).toBe("paid");
    });
  });

  describe("a purchase", () => {
    test("gives the pass back once, however often it is reported", async () => {
      const { lineId, eventId, fan, tick, checkIn, mine } = await drawnLine(3, { cap: 1 });
      for (const n of [0, 1, 2]) await checkIn(n);
      await tick();
      const { places, lines } = app().container.services;
      for (let n = 0; n < 3; n++) {
        await places.bought({ accountId: fan(0).id, eventId, orderedAtMs });
        await tick();
      }
      expect(await mine(0)).toMatchObject({ phase: "over", ended: "bought" });
      expect((await checkIn(1)).kind).toBe("inside");
      expect((await checkIn(2)).kind).toBe("present");
      expect((await lines.live(TESTER, lineId)).counts).toMatchObject({ inside: 1, ended: { bought: 1 } });
    });

    test("that was reported while the room was away is reported again once it is back", async () => {
      const { eventId, fan, tick, mine } = await inside(1);
      const { places } = app().container.services;
      await app().forgetRedis(eventId);
      await places.bought({ accountId: fan(0).id, eventId, orderedAtMs });
      await tick();
      expect(await mine(0)).toMatchObject({ phase: "inside", ended: null });
      await places.bought({ accountId: fan(0).id, eventId, orderedAtMs });
      await tick();
      expect(await mine(0)).toMatchObject({ phase: "over", ended: "bought" });
    });

    test("gives the pass back at once, with the answer of checkout", async () => {
      const { eventId, lineId, as, fan, tick, mine } = await inside(1);
      const { pass } = await as(0).enter({ lineId });
      expect((await buy({ account: fan(0), pass }, eventId)).progress.kind).toBe("paid");
      await tick();
      expect(await mine(0)).toMatchObject({ phase: "over", ended: "bought" });
    });

    test("whose fan never came back from the bank gives the pass back with the mail of its tickets", async () => {
      const { eventId, lineId, as, fan, tick, mine } = await inside(1);
      const { pass } = await as(0).enter({ lineId });
      const { orderId, progress } = await buy({ account: fan(0), pass }, eventId, "card_3ds");
      const { sandboxConfirm, services } = app().container;
      const actionUrl = progress.kind === "requires_action" ? progress.actionUrl : "";
      await sandboxConfirm.answer(actionUrl.split("/").at(-1) ?? "", true);
      // As the provider's webhook does.
      expect((await services.payments.goOn(orderId)).kind).toBe("paid");
      await tick();
      expect((await mine(0)).phase).toBe("inside");
      await makeJobRunner(app().container, "test").drain();
      await tick();
      expect(await mine(0)).toMatchObject({ phase: "over", ended: "bought" });
    });

    test("that is reported again later leaves the pass alone that its fan got since", async () => {
      const { eventId, lineId, as, fan, tick, checkIn, mine } = await inside(1);
      const { places } = app().container.services;
      const first = Date.now() - HOUR_MS;
      await places.bought({ accountId: fan(0).id, eventId, orderedAtMs });
      await tick();
      const { ticket } = await as(0).rejoin({ lineId });
      await tick();
      await as(0).checkIn({ ticket });
      await tick();
      expect((await as(0).checkIn({ ticket })).kind).toBe("inside");
      // The mail of an order from before is tried again.
      await places.bought({ accountId: fan(0).id, eventId, orderedAtMs: () => Promise.resolve(first) });
      await tick();
      expect((await mine(0)).phase).toBe("inside");
      expect((await checkIn(0).catch(() => null))?.kind).not.toBe("present");
    });

    test("of an event without a line ends no pass of another event", async () => {
      const [eventId, { fan, tick, checkIn, mine }] = [await app().openEvent(), await inside(1)];
      await app().container.services.places.bought({ accountId: fan(0).id, eventId, orderedAtMs });
      await tick();
      expect((await checkIn(0)).kind).toBe("inside");
      expect((await mine(0)).phase).toBe("inside");
    });
  });

  describe("joining again", () => {
    test.each([
      ["waits at the front", "present", {}],
      ["is not called yet", "not_called", { inflowPerSecond: 0 }],
    ])("costs nobody the number who %s", async (_, kind, settings) => {
      const { as, lineId, checkIn, line, mine } = await drawnLine(2, settings);
      expect((await checkIn(0)).kind).toBe(kind);
      for (const n of [0, 1]) expect((await as(n).rejoin({ lineId })).number).toBe(n + 1);
      expect(await mine(0)).toMatchObject({ number: 1, phase: "waiting" });
      expect((await line()).lastNumber).toBe(2);
    });

    test("is the way back for who was away when their number was passed too long ago", async () => {
      const { as, lineId, checkIn, tick, line } = await drawnLine(2, { graceMs: 0 });
      await checkIn(1);
      await tick();
      expect((await checkIn(0)).kind).toBe("lapsed");
      expect(await as(0).rejoin({ lineId })).toMatchObject({ number: 3, phase: "waiting" });
      expect((await line()).lastNumber).toBe(3);
    });

    test("costs one number, however often it is clicked", async () => {
      const { fan, as, lineId, tick, line } = await inside(1);
      await as(0).leave({ lineId });
      await tick();
      const { places } = app().container.services;
      const clicks = await Promise.all(Array.from({ length: 5 }, () => places.rejoin(asFan(fan(0)), lineId)));
      expect(clicks.map(({ number }) => number)).toEqual([2, 2, 2, 2, 2]);
      expect((await line()).lastNumber).toBe(2);
    });

    test("is open while the line is open or paused, and to those alone who stand in it", async () => {
      const { lineId, draw, tick } = await openLine(app(), await app().openEvent());
      const [fan, stranger] = [await app().account(), await app().account()];
      const rejoin = (account: Account) => app().as(account).line.rejoin({ lineId });
      await joinAll(app(), lineId, [fan]);
      await expect(rejoin(fan)).rejects.toMatchObject(refused("line.not_open", { state: "lobby" }));
      await draw();
      await expect(rejoin(stranger)).rejects.toMatchObject(refused("line.not_found"));
      await move(lineId, "paused");
      await tick();
      expect((await rejoin(fan)).number).toBe(1);
      await move(lineId, "draining");
      await expect(rejoin(fan)).rejects.toMatchObject(refused("line.not_open", { state: "draining" }));
    });

    test("waits for a room that was lost, and keeps the number meanwhile", async () => {
      const { as, lineId, eventId, mine } = await drawnLine(1);
      await app().forgetRedis(eventId);
      await expect(as(0).rejoin({ lineId })).rejects.toMatchObject(refused("line.resting"));
      expect((await mine(0)).number).toBe(1);
    });

    test("ends no pass that the room still knows, however late it is by our own clock", async () => {
      const { fan, lineId, mine } = await inside(1);
      const { container } = app();
      const late = makePlaceService({
        store: container.lines,
        room: container.lineRoom,
        catalog: container.lineCatalog,
        clock: { nowMs: () => Date.now() + LINE_DEFAULTS.passMaxMs },
        keys: keysFor(LINE_PASSES, container.config.authSecrets),
        payMs: async () => 0,
        requireAccess: async () => undefined,
      });
      expect(await late.rejoin(asFan(fan(0)), lineId)).toMatchObject({ phase: "inside", number: 1 });
      expect(await mine(0)).toMatchObject({ phase: "inside", ended: null });
    });
  });
});

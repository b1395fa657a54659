import { keyFor, LINE_PASSES } from "./keys/installation-keys.ts";
import { TESTER } from "@onsale/core/actor/testing/staff";
import type { Account } from "@onsale/core/actor/account";
import { drawFileText } from "@onsale/core/line/draw-file";
import type { LineSettings } from "@onsale/core/line/line";
import { sealPass } from "@onsale/core/line/line-pass";
import { LineNow } from "@onsale/core/line/now-serving";
import { lineNowPath } from "@onsale/core/line/line-paths";
import { verifyInclusion } from "@onsale/core/line/merkle";
import { verifyDraw } from "@onsale/core/line/verify-draw";
import { must } from "@onsale/core/shared/assert";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { serveApp } from "./testing/serve-app.ts";
import { describeApp, key, seatItems } from "./testing/test-app.ts";
import { joinAll, openLine } from "./testing/test-line.ts";

const refused = (why: string) => ({ cause: { code: "line.pass_required", details: { why } } });

describeApp("the line before a sale", (app) => {
  const accounts = (count: number) => Promise.all(Array.from({ length: count }, () => app().account()));
  type Visitor = { readonly account: Account; readonly pass: string | null };
  const hold = ({ account, pass }: Visitor, eventId: EventId, ...seatNos: number[]) =>
    app()
      .as(account, pass)
      .hold.create({ eventId, operationId: key(), items: seatItems(...seatNos) });

  /** A drawn line with these fans, in the order of their numbers. */
  async function drawnLine(count: number, settings: Partial<LineSettings> = {}) {
    const eventId = await app().openEvent();
    const line = await openLine(app(), eventId, settings);
    const fans = await accounts(count);
    await joinAll(app(), line.lineId, fans);
    await line.draw();
    const standings = await Promise.all(
      fans.map(async (account) => ({
        account,
        standing: must(await app().as(account).line.mine({ eventId }), "joined"),
      })),
    );
    const queue = standings.toSorted((a, b) => Number(a.standing.number) - Number(b.standing.number));
    const checkIn = (n: number) => {
      const { account, standing } = must(queue[n], "so many joined");
      return app().as(account).line.checkIn({ ticket: standing.ticket });
    };
    const enter = (n: number) =>
      app().as(must(queue[n], "so many joined").account).line.enter({ lineId: line.lineId });
    return { ...line, eventId, queue, checkIn, enter, fan: (n: number) => must(queue[n], "joined").account };
  }

  test("no procedure that sells answers without a pass", async () => {
    const eventId = await app().openEvent();
    await openLine(app(), eventId);
    const caller = app().as(await app().account());
    const own = { eventId, holdId: HoldId.parse("0198c0de-0000-4000-8000-000000000000") };
    await expect(
      caller.hold.create({ eventId, operationId: key(), items: seatItems(0) }),
    ).rejects.toMatchObject(refused("missing"));
    await expect(
      caller.hold.bestAvailable({ eventId, operationId: key(), quantity: 1, ticketType: "adult" }),
    ).rejects.toMatchObject(refused("missing"));
    await expect(caller.hold.extend(own)).rejects.toMatchObject(refused("missing"));
    await expect(caller.hold.reprice({ ...own, items: seatItems(0) })).rejects.toMatchObject(
      refused("missing"),
    );
  });

  test("checkout asks for the pass again: a hold alone does not open it", async () => {
    const { eventId, tick, checkIn, enter, fan } = await drawnLine(1);
    await tick();
    await checkIn(0);
    await tick();
    const { pass } = await enter(0);
    const held = await hold({ account: fan(0), pass }, eventId, 0);
    const start = {
      eventId,
      holdId: HoldId.parse(held.hold.id),
      quoteHash: held.quote.hash,
      idempotencyKey: key(),
      method: "card_ok",
    };
    await expect(app().as(fan(0)).checkout.start(start)).rejects.toMatchObject(refused("missing"));
  });

  test("the draw decides who goes in first, the cap how many, and a returned pass lets the next one in", async () => {
    const { tick, checkIn, enter, fan, lineId } = await drawnLine(3, { cap: 1 });
    await tick();
    expect((await checkIn(2)).kind).toBe("present");
    expect((await checkIn(1)).kind).toBe("present");
    expect((await checkIn(0)).kind).toBe("present");
    await tick();
    expect((await checkIn(0)).kind).toBe("inside");
    await expect(enter(1)).rejects.toMatchObject({ cause: { code: "line.not_your_turn" } });
    await enter(0);
    await tick();
    expect((await checkIn(1)).kind).toBe("present");
    await app().as(fan(0)).line.leave({ lineId });
    await tick();
    expect((await checkIn(1)).kind).toBe("inside");
    expect((await checkIn(2)).kind).toBe("present");
  });

  test("one account has one place, from whatever tab or device it joins", async () => {
    const eventId = await app().openEvent();
    const { lineId } = await openLine(app(), eventId);
    const account = await app().account();
    const [first, second] = await joinAll(app(), lineId, [account, account]);
    expect(second?.entry).toBe(first?.entry);
    expect((await app().as(account).line.mine({ eventId }))?.entry).toBe(first?.entry);
  });

  test("a pass of somebody else, of another event or of our imagination opens nothing", async () => {
    const { eventId, tick, checkIn, enter, fan, lineId } = await drawnLine(2, { cap: 2 });
    await tick();
    await checkIn(0);
    await tick();
    const { pass } = await enter(0);
    await expect(hold({ account: fan(1), pass }, eventId, 0)).rejects.toMatchObject(refused("invalid"));
    await expect(hold({ account: fan(0), pass: `${pass}x` }, eventId, 0)).rejects.toMatchObject(
      refused("invalid"),
    );
    const other = await drawnLine(1);
    await expect(hold({ account: fan(0), pass }, other.eventId, 0)).rejects.toMatchObject(refused("invalid"));
    const nowMs = app().container.clock.nowMs();
    const old = sealPass(keyFor(LINE_PASSES, app().container.config.authSecrets[0]), {
      lineId,
      eventId,
      accountId: fan(0).id,
      issuedAtMs: nowMs - 3_600_000,
      expiresAtMs: nowMs - 1,
      shopUntilMs: nowMs - 1,
      payUntilMs: nowMs + 60_000,
    });
    await expect(hold({ account: fan(0), pass: old }, eventId, 0)).rejects.toMatchObject(refused("expired"));
    expect((await hold({ account: fan(0), pass }, eventId, 0)).hold.id).toBeTruthy();
  });

  test("a pass that was given back is over, however long its signature would last", async () => {
    const { eventId, tick, checkIn, enter, fan, lineId } = await drawnLine(1);
    await tick();
    await checkIn(0);
    await tick();
    const { pass } = await enter(0);
    await app().as(fan(0)).line.leave({ lineId });
    await expect(hold({ account: fan(0), pass }, eventId, 0)).rejects.toMatchObject(refused("ended"));
  });

  test("a number goes in once; who wants to go on joins again behind everybody", async () => {
    const { eventId, tick, checkIn, enter, fan, lineId } = await drawnLine(3, { cap: 5 });
    await tick();
    await checkIn(0);
    await tick();
    await enter(0);
    await app().as(fan(0)).line.leave({ lineId });
    await tick();
    await tick();
    expect((await checkIn(0)).kind).toBe("over");
    const again = await app().as(fan(0)).line.rejoin({ lineId });
    expect(again.number).toBe(4);
    expect((await app().as(fan(0)).line.mine({ eventId }))?.phase).toBe("waiting");
  });

  test("who joins after the draw stands behind everybody who was drawn", async () => {
    const { lineId } = await drawnLine(4);
    const [late] = await joinAll(app(), lineId, [await app().account()]);
    expect(late?.number).toBe(5);
  });

  test("the draw is published, follows the rule, and holds every entry's inclusion path", async () => {
    const { lineId, queue, line } = await drawnLine(7);
    const file = await app().container.services.lines.drawFile(lineId);
    expect(verifyDraw(JSON.parse(drawFileText(file)))).toMatchObject({ kind: "holds", entries: 7 });
    expect(file.entries).toEqual(queue.map(({ standing }) => standing.entry));
    expect(file.commitment).toBe((await line()).commitment);
    for (const entry of file.entries.slice(0, 3)) {
      const proof = await app().as(null).line.proof({ lineId, entry });
      expect(verifyInclusion(proof)).toBe(true);
      expect(proof.root).toBe(file.entriesRoot);
    }
  });

  test("before the draw neither seed nor file is there for anybody, staff included", async () => {
    const eventId = await app().openEvent();
    const { lineId } = await openLine(app(), eventId);
    await joinAll(app(), lineId, await accounts(2));
    const organizer = app().as(await app().member());
    const [line] = await organizer.admin.lines.list({ eventId });
    expect(line).toMatchObject({ seed: null, state: "lobby" });
    expect(line?.commitment).toMatch(/^[0-9a-f]{64}$/);
    await expect(app().container.services.lines.drawFile(lineId)).rejects.toMatchObject({
      code: "draw.not_published",
    });
  });

  test("a line stands before a window of its event, not before one that is misspelt", async () => {
    const eventId = await app().openEvent();
    const organizer = app().as(await app().member());
    const times = { lobbyOpensAtMs: Date.now() + 1_800_000, drawsAtMs: Date.now() + 3_600_000 };
    const misspelt = { ...times, windowKey: "fan-clbu" };
    const refusal = { cause: { code: "input.invalid", details: { known: ["public"] } } };
    await expect(organizer.admin.lines.create({ eventId, settings: misspelt })).rejects.toMatchObject(
      refusal,
    );
    expect(await organizer.admin.lines.list({ eventId })).toEqual([]);
    const { id: lineId } = await organizer.admin.lines.create({ eventId, settings: times });
    await expect(
      organizer.admin.lines.configure({ lineId, version: 1, settings: misspelt }),
    ).rejects.toMatchObject(refusal);
  });

  test("a draw with a public value waits for it, and nobody can change it afterwards", async () => {
    const eventId = await app().openEvent();
    const { lineId, draw, line, tick } = await openLine(app(), eventId, {
      publicValueSource: "block 900000",
    });
    await joinAll(app(), lineId, await accounts(3));
    await draw();
    await tick();
    expect((await line()).state).toBe("drawing");
    const organizer = app().as(await app().member());
    await organizer.admin.lines.publicValue({ lineId, value: "00000000abc" });
    await expect(organizer.admin.lines.publicValue({ lineId, value: "11" })).rejects.toMatchObject({
      cause: { code: "line.bad_transition", details: { why: "public_value" } },
    });
    await tick();
    expect((await line()).state).toBe("open");
    const file = await app().container.services.lines.drawFile(lineId);
    expect(file.publicValue).toBe("00000000abc");
    expect(verifyDraw(file).kind).toBe("holds");
  });

  test("buying gives the pass back, so that the next fan goes in", async () => {
    const { eventId, tick, checkIn, enter, fan } = await drawnLine(2, { cap: 1 });
    await tick();
    await Promise.all([checkIn(0), checkIn(1)]);
    await tick();
    const { pass } = await enter(0);
    const held = await hold({ account: fan(0), pass }, eventId, 0, 1);
    const paying = app()
      .as(fan(0), pass)
      .checkout.start({
        eventId,
        holdId: HoldId.parse(held.hold.id),
        quoteHash: held.quote.hash,
        idempotencyKey: key(),
        method: "card_ok",
      });
    await expect.poll(() => app().writeOrders(eventId), { timeout: 10_000 }).toBe(true);
    expect((await paying).state).toBe("paid");
    await tick();
    expect((await checkIn(1)).kind).toBe("inside");
  });

  test("Redis wiped in mid-sale: the line goes on in the same order and nobody goes in twice", async () => {
    const { tick, checkIn, enter, fan, eventId, lineId } = await drawnLine(6, { cap: 2, graceMs: 60_000 });
    await tick();
    await Promise.all([0, 1, 2, 3].map(checkIn));
    await tick();
    const [{ pass }] = await Promise.all([enter(0), enter(1)]);
    await tick();
    await app().forgetRedis(eventId);
    const resting = { cause: { code: "line.resting" } };
    await expect(checkIn(2)).rejects.toMatchObject(resting);
    await expect(app().as(fan(0)).line.renew({ lineId })).rejects.toMatchObject(resting);
    // The seats are back before the line is: who was let in hears to wait, not that their time is over.
    await expect
      .poll(() =>
        hold({ account: fan(0), pass }, eventId, 0).catch((error: { cause: unknown }) => error.cause),
      )
      .toMatchObject({ code: "line.resting" });
    await tick();
    expect((await hold({ account: fan(0), pass }, eventId, 0)).hold.id).toBeTruthy();
    // Those inside stay inside, and fill the cap as before.
    expect((await checkIn(0)).kind).toBe("inside");
    await Promise.all([5, 4, 3, 2].map(checkIn));
    await tick();
    const { services } = app().container;
    expect(
      (await services.lines.waves(TESTER, { lineId, limit: 10 })).flatMap(({ numbers }) => numbers),
    ).toEqual([1, 2]);
    const room = must((await services.lines.live(TESTER, lineId)).room, "the room is back");
    expect(room).toMatchObject({ active: 2, servedTo: 2 });
  });

  test("the public document says where the line is, from memory and for everybody alike", async () => {
    const { tick, checkIn, lineId } = await drawnLine(3, { cap: 1, notice: "Doors at seven." });
    await tick();
    await checkIn(0);
    await tick();
    await using served = await serveApp(app().container);
    const answer = await fetch(`${served.url}${lineNowPath(lineId)}`);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=1");
    const now = LineNow.parse(await answer.json());
    expect(now).toMatchObject({ state: "open", entries: 3, servedTo: 1, notice: "Doors at seven." });
    expect(now.left.map(({ category }) => category)).toEqual(["seated", "standing"]);
    expect((await fetch(`${served.url}/api/lines/${lineId}/draw.json`)).status).toBe(200);
    expect((await fetch(`${served.url}/api/lines/nobody/now`)).status).toBe(404);
  });
});

import { fan as asFan } from "@onsale/core/actor/actor";
import { TESTER } from "@onsale/core/actor/testing/staff";
import { lineKeys, passesKey } from "@onsale/redis/line/line-keys";
import { LineNow } from "@onsale/core/line/now-serving";
import { lineNowPath } from "@onsale/core/line/line-paths";
import { LINE_DEFAULTS } from "@onsale/core/line/line-defaults";
import { makePlaceService } from "@onsale/core/line/place-service";
import { roomKey } from "@onsale/core/line/line-room";
import { must } from "@onsale/core/shared/assert";
import { expect, test } from "vitest";
import { randomBytes, randomUUID } from "node:crypto";
import { makeNowDocuments } from "./live/now-documents.ts";
import { serveApp } from "./testing/serve-app.ts";
import { describeApp } from "./testing/test-app.ts";
import { joinAll, openLine } from "./testing/test-line.ts";

describeApp("a line when things go wrong", (app) => {
  async function drawnLine(count: number, settings: Parameters<typeof openLine>[2] = {}) {
    const eventId = await app().openEvent();
    const line = await openLine(app(), eventId, settings);
    const fans = await Promise.all(Array.from({ length: count }, () => app().account()));
    await joinAll(app(), line.lineId, fans);
    await line.draw();
    const placed = await Promise.all(
      fans.map(async (account) => ({
        account,
        standing: must(await app().as(account).line.mine({ eventId }), "joined"),
      })),
    );
    const queue = placed.toSorted((a, b) => Number(a.standing.number) - Number(b.standing.number));
    const fan = (n: number) => must(queue[n], "so many joined");
    await line.tick();
    return {
      ...line,
      eventId,
      fan,
      as: (n: number) => app().as(fan(n).account).line,
      checkIn: (n: number) =>
        app()
          .as(fan(n).account)
          .line.checkIn({ ticket: fan(n).standing.ticket }),
    };
  }
  test("those who wait hear that the line is over, and that its event is", async () => {
    const [closed, called] = [await drawnLine(2), await drawnLine(2)];
    await using served = await serveApp(app().container);
    const documentOf = async ({ lineId }: { lineId: string }) =>
      LineNow.parse(await (await fetch(`${served.url}${lineNowPath(lineId)}`)).json());
    expect(await documentOf(closed)).toMatchObject({ state: "open", finished: false });
    await app().container.services.lines.move(TESTER, { lineId: closed.lineId, to: "closed" });
    await app().container.services.events.move(TESTER, { idOrSlug: called.eventId, to: "cancelled" });
    for (const line of [closed, called])
      await expect.poll(() => documentOf(line), { timeout: 5_000 }).toMatchObject({ finished: true });
  });

  test("questions for lines that nobody has heard of cost no more than a few statements", async () => {
    const { lineId } = await drawnLine(3);
    const { services } = app().container;
    let files = 0;
    const container = {
      ...app().container,
      services: {
        ...services,
        lines: { ...services.lines, drawFile: (id: typeof lineId) => (files++, services.lines.drawFile(id)) },
      },
    };
    await using served = await serveApp(container);
    const ask = async (id: string) => (await fetch(`${served.url}/api/lines/${id}/draw.json`)).status;
    expect(await ask(lineId)).toBe(200);
    const strangers = await Promise.all(Array.from({ length: 300 }, () => ask(randomUUID())));
    expect(new Set(strangers)).toEqual(new Set([404]));
    expect(await ask(lineId)).toBe(200);
    expect(files).toBe(1);
  });

  test("a room from before the last wave is set up again, also when nobody else waits", async () => {
    const line = await drawnLine(1);
    const { commands } = app().container.redis;
    const prefix = app().container.config.redisKeyPrefix;
    const keys = lineKeys({ prefix }, roomKey(await line.line()));
    const copy = await Promise.all(keys.map((key) => commands.dumpBuffer(key)));
    await line.checkIn(0);
    await line.tick();
    await line.as(0).enter({ lineId: line.lineId });
    for (const [at, key] of keys.entries()) {
      await commands.del(key);
      const bytes = copy[at];
      if (bytes) await commands.restore(key, 0, bytes);
    }
    await expect(line.as(0).renew({ lineId: line.lineId })).rejects.toMatchObject({
      cause: { code: "line.pass_required", details: { why: "ended" } },
    });
    await line.tick();
    expect((await line.checkIn(0)).kind).toBe("inside");
    await line.as(0).renew({ lineId: line.lineId });
  });

  test("Redis lost everything while nobody was inside: the line goes on where it stood, in the order of its numbers", async () => {
    const line = await drawnLine(3, { cap: 1 });
    const { container } = app();
    await line.checkIn(0);
    await line.tick();
    await line.as(0).leave({ lineId: line.lineId });
    await line.tick();
    expect((await container.lines.counts(line.lineId)).inside).toBe(0);
    const { commands } = container.redis;
    const keys = await commands.keys(`${container.config.redisKeyPrefix}*${line.eventId}*`);
    await commands.del(...keys);
    await container.services.events.rebuild(line.eventId, null);
    const isNext = async (n: number) => {
      await line.tick();
      const kinds = await Promise.all([line.checkIn(n), line.checkIn(2)]);
      return kinds.map(({ kind }) => kind);
    };
    // Nobody goes in before those at the front could come back.
    await expect.poll(() => isNext(1), { timeout: 20_000 }).toEqual(["inside", "present"]);
    expect((await line.checkIn(0)).kind).toBe("over");
    await line.as(1).leave({ lineId: line.lineId });
    await expect.poll(() => isNext(2), { timeout: 20_000 }).toEqual(["inside", "inside"]);
  });

  test("who counts as inside because the end of their pass was lost may join again once its time is over", async () => {
    const line = await drawnLine(1);
    const { account } = line.fan(0);
    await line.checkIn(0);
    await line.tick();
    const { container } = app();
    const room = roomKey(await line.line());
    await container.redis.commands.zrem(
      passesKey({ prefix: container.config.redisKeyPrefix }, room),
      account.id,
    );
    const placesIn = (ms: number) =>
      makePlaceService({
        store: container.lines,
        room: container.lineRoom,
        catalog: container.lineCatalog,
        clock: { nowMs: () => Date.now() + ms },
        keys: [randomBytes(32)],
        payMs: async () => 0,
        requireAccess: async () => undefined,
      });
    expect(await placesIn(0).rejoin(asFan(account), line.lineId)).toMatchObject({
      phase: "inside",
      number: 1,
    });
    const later = placesIn(LINE_DEFAULTS.passMaxMs);
    expect(await later.rejoin(asFan(account), line.lineId)).toMatchObject({ phase: "waiting", number: 2 });
  });

  test("while Postgres is away those who wait are answered from what Redis has, however long it takes", async () => {
    const line = await drawnLine(1);
    const { container } = app();
    let [passedMs, isAway] = [0, false];
    const nowDocument = makeNowDocuments({
      ...container,
      clock: { nowMs: () => Date.now() + passedMs },
      publicLines: {
        ...container.publicLines,
        find: (id) => (isAway ? Promise.reject(new Error("away")) : container.publicLines.find(id)),
      },
    });
    const before = await nowDocument(line.lineId);
    isAway = true;
    passedMs = 10 * 60_000;
    expect(await nowDocument(line.lineId)).toEqual(before);
    expect(before).not.toBeNull();
  });

  test("a document that nobody has asked for in a while is looked at before it is served", async () => {
    const line = await drawnLine(1);
    const { container } = app();
    let passedMs = 0;
    const nowDocument = makeNowDocuments({ ...container, clock: { nowMs: () => Date.now() + passedMs } });
    await nowDocument(line.lineId);
    const key = roomKey(await line.line());
    const written = must(await container.lineRoom.published(key), "a document");
    const later = JSON.stringify({ ...LineNow.parse(JSON.parse(written)), calledTo: 77 });
    await container.lineRoom.publish(key, later);
    passedMs = 15_000;
    expect(String(await nowDocument(line.lineId))).toBe(later);
  });
});

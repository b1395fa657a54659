import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { LineId, type LineState } from "@onsale/core/line/line";
import type { JoinResult, LineStore } from "@onsale/core/line/line-store";
import type { EventId } from "@onsale/core/shared/ids";
import {
  allDrawEntries,
  drawLine,
  joinOf,
  newLine,
  openLine,
  openLobby,
  waveOf,
} from "../testing/line-fixture.ts";
import { newAccountId, openSale } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgLineStore } from "./pg-line-store.ts";

const FANS = 500;

describeWithDatabase("places in a line", (database) => {
  let store: LineStore;
  let stores: LineStore[];
  let eventId: EventId;
  beforeAll(async () => {
    store = makePgLineStore(database());
    // Each gathers its own batches, as each process does.
    stores = Array.from({ length: 5 }, () => makePgLineStore(database()));
    eventId = await openSale(database());
  });
  const oneOf = (index: number) => stores[index % stores.length] ?? store;

  async function lobby(settings = {}): Promise<LineId> {
    const { id: lineId } = await newLine(store, eventId, settings);
    await openLobby(store, lineId);
    return lineId;
  }
  const move = (lineId: LineId, from: LineState, to: LineState) =>
    store.move(TESTER, { lineId, from: [from], to });
  const kindsOf = (results: readonly JoinResult[]) => {
    const counts: Record<string, number> = {};
    for (const { kind } of results) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  };
  const numberOf = (result: JoinResult) =>
    result.kind === "joined" || result.kind === "known" ? result.place.number : null;

  it("in the lobby: 500 fans who click in two tabs have one place each", async () => {
    const lineId = await lobby();
    const tabs = Array.from({ length: FANS }, () => joinOf(lineId)).flatMap((request) => [
      request,
      joinOf(lineId, { ...request, entry: joinOf(lineId).entry }),
    ]);
    const results = await Promise.all(tabs.map((request, index) => oneOf(index).join(request)));
    expect(kindsOf(results)).toEqual({ joined: FANS, known: FANS });
    const places = results.map((result) => ("place" in result ? result.place.entry : null));
    for (let at = 0; at < places.length; at += 2) expect(places[at]).toBe(places[at + 1]);
    expect((await store.counts(lineId)).joined).toBe(FANS);
  });

  it("after the draw: 500 fans at once get the next numbers without a gap, each one and the same again", async () => {
    const { lineId } = await openLine(store, eventId, { fans: 3 });
    const requests = Array.from({ length: FANS }, () => joinOf(lineId));
    const twice = [...requests, ...requests];
    const results = await Promise.all(twice.map((request, index) => oneOf(index).join(request)));
    expect(kindsOf(results)).toEqual({ joined: FANS, known: FANS });
    const numbers = results.slice(0, FANS).map(numberOf);
    expect(results.slice(FANS).map(numberOf)).toEqual(numbers);
    expect(numbers.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(
      Array.from({ length: FANS }, (_, index) => index + 4),
    );
    expect((await store.find(lineId))?.lastNumber).toBe(FANS + 3);
  });

  it("one after the other get one number after the other", async () => {
    const { lineId } = await openLine(store, eventId, { fans: 1 });
    const results = await Promise.all(Array.from({ length: 50 }, () => store.join(joinOf(lineId))));
    expect(results.map(numberOf)).toEqual(Array.from({ length: 50 }, (_, index) => index + 2));
  });

  it("joins that never pause let the lobby close, and each is in the draw or behind it, never in between", async () => {
    const lineId = await lobby();
    const joined: { entry: string; number: number | null }[] = [];
    let stopAt = Number.POSITIVE_INFINITY;
    const closing: Promise<void>[] = [];
    const close = async () => {
      expect((await store.closeLobby(TESTER, { lineId })).kind).toBe("moved");
      stopAt = joined.length + 100;
    };
    async function keepJoining(own: LineStore): Promise<void> {
      while (joined.length < stopAt) {
        const request = joinOf(lineId);
        joined.push({ entry: request.entry, number: numberOf(await own.join(request)) });
        if (joined.length > 100 && closing.length === 0) closing.push(close());
      }
    }
    await Promise.all(Array.from({ length: 50 }, (_, index) => keepJoining(oneOf(index))));
    await Promise.all(closing);
    const drawn = await allDrawEntries(store, lineId);
    const withoutNumber = joined.filter(({ number }) => number === null).map(({ entry }) => entry);
    expect(withoutNumber.sort()).toEqual(drawn);
    expect((await store.find(lineId))?.drawn).toBe(drawn.length);
    const late = joined.flatMap(({ number }) => (number === null ? [] : [number])).sort((a, b) => a - b);
    expect(late).toEqual(late.map((_, index) => drawn.length + 1 + index));
    expect(late.length).toBeGreaterThan(0);
  });

  it("one batch may join several lines, each by its own state", async () => {
    const [first, closed] = [await lobby(), (await newLine(store, eventId)).id];
    const { lineId: opened } = await openLine(store, eventId, { fans: 1 });
    const accountId = newAccountId();
    const joins = [first, closed, opened, LineId.parse(randomUUID())].map((lineId) =>
      store.join(joinOf(lineId, { accountId })),
    );
    expect(await Promise.all(joins)).toMatchObject([
      { kind: "joined", place: { number: null } },
      { kind: "not_open", state: "closed" },
      { kind: "joined", place: { number: 2 } },
      { kind: "not_found" },
    ]);
  });

  it("are given while drawing, open and paused, and not while draining, where they are kept", async () => {
    const lineId = await lobby();
    const first = joinOf(lineId);
    await store.join(first);
    await store.closeLobby(TESTER, { lineId });
    expect(await store.join(joinOf(lineId))).toMatchObject({ kind: "joined", place: { number: 2 } });
    await drawLine(store, lineId);
    await move(lineId, "open", "paused");
    expect(await store.join(joinOf(lineId))).toMatchObject({ kind: "joined", place: { number: 3 } });
    await move(lineId, "paused", "draining");
    expect(await store.join(joinOf(lineId))).toEqual({ kind: "not_open", state: "draining" });
    expect(await store.join(first)).toMatchObject({
      kind: "known",
      place: { entry: first.entry, number: 1 },
    });
  });

  it.each(["lobby", "open"] as const)("one person has one place per address, %s", async (state) => {
    const lineId = await lobby({ onePer: "address" });
    if (state === "open") await drawLine(store, lineId);
    const person = randomUUID();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => oneOf(index).join(joinOf(lineId, { person }))),
    );
    expect(kindsOf(results)).toEqual({ joined: 1, person_taken: 19 });
    expect((await store.find(lineId))?.lastNumber).toBe(state === "open" ? 1 : 0);
  });

  it("a person has as many places as accounts where that is the rule", async () => {
    const lineId = await lobby({ onePer: "account" });
    const person = randomUUID();
    const results = [
      await store.join(joinOf(lineId, { person })),
      await store.join(joinOf(lineId, { person })),
    ];
    expect(kindsOf(results)).toEqual({ joined: 2 });
  });

  it("joinMany leaves those who stand there as they are, in the lobby and after it", async () => {
    const lineId = await lobby();
    const requests = Array.from({ length: 20 }, () => joinOf(lineId));
    expect(await store.joinMany(lineId, requests.slice(0, 5))).toBe(5);
    expect(await store.joinMany(lineId, [...requests, ...requests])).toBe(15);
    await drawLine(store, lineId);
    const later = Array.from({ length: 3 }, () => joinOf(lineId));
    expect(await store.joinMany(lineId, [...requests, ...later, ...later])).toBe(3);
    expect((await store.find(lineId))?.lastNumber).toBe(23);
    expect(await store.joinMany(LineId.parse(randomUUID()), requests)).toBe(0);
  });

  it("are found, or not, each for the one who asks", async () => {
    const { lineId, fans } = await openLine(store, eventId, { fans: 30 });
    const asked = [...fans.map((fan) => fan.accountId), newAccountId()];
    const places = await Promise.all(asked.map((accountId) => store.place({ lineId, accountId })));
    expect(places.map((place) => place?.number ?? null)).toEqual([
      ...fans.map((_, index) => index + 1),
      null,
    ]);
    expect(places[0]).toEqual({
      entry: fans[0]?.entry,
      number: 1,
      admittedAtMs: null,
      ended: null,
      extensions: 0,
    });
  });

  it("at the end again: for who is out, once per click, and nowhere for who is inside", async () => {
    const { lineId, admission } = await openLine(store, eventId, { fans: 3 });
    const { accountId } = admission(1);
    await store.recordWave(waveOf(lineId, [admission(1)]));
    expect(await store.rejoin({ lineId, accountId })).toBeNull();
    await store.endPasses(lineId, [{ accountId, reason: "expired", atMs: 10_500 }]);
    const clicks = await Promise.all(
      Array.from({ length: 5 }, (_, index) => oneOf(index).rejoin({ lineId, accountId, seen: 1 })),
    );
    const fresh = { number: 4, admittedAtMs: null, ended: null, extensions: 0 };
    for (const place of clicks) expect(place).toMatchObject(fresh);
    expect(await store.place({ lineId, accountId })).toMatchObject(fresh);
    expect(await store.rejoin({ lineId, accountId: newAccountId() })).toBeNull();
    await move(lineId, "open", "draining");
    expect(await store.rejoin({ lineId, accountId })).toBeNull();
  });
});

import { TESTER, staffNamed } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import type { EventSummary } from "@onsale/core/event/event-store";
import type { EventId } from "@onsale/core/shared/ids";
import { lineSettings, newLine, openLobby } from "../testing/line-fixture.ts";
import { makePgAccessStore } from "../access/pg-access-store.ts";
import { makeCodes } from "../testing/presale-fixture.ts";
import { makePgLineStore } from "../line/pg-line-store.ts";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import {
  answerFor,
  onlyRecord,
  buy,
  draftEvent,
  openSale,
  orderDraft,
  PRICES,
} from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgPriceListStore } from "../pricing/pg-price-list-store.ts";
import { makePgInventoryFactsStore } from "../inventory/pg-inventory-facts-store.ts";
import { makePgEventStore } from "./pg-event-store.ts";

const HOUR_MS = 3_600_000;

describeWithDatabase("changes of an event", (database) => {
  const store = () => makePgEventStore(database());
  const priceLists = () => makePgPriceListStore(database());
  const inventoryFacts = () => makePgInventoryFactsStore(database());
  async function found(idOrSlug: string): Promise<EventSummary> {
    const event = await store().findEvent(idOrSlug);
    if (!event) throw new Error(`there is no event ${idOrSlug}`);
    return event;
  }
  async function change(eventId: EventId, patch: Partial<EventDraft>, actor = "ana") {
    const event = await found(eventId);
    const draft = EventDraft.parse({ ...draftOf(event), ...patch });
    return store().updateEvent(staffNamed(actor), eventId, { version: event.detailsVersion, draft });
  }
  async function auditOf(eventId: EventId, action: string) {
    const rows = await database()
      .sql`select actor, detail from audit where chain = ${eventId} and action = ${action} order by seq`;
    return rows.map(({ actor, detail }) => [actor, detail]);
  }

  describe("of its details", () => {
    it("write who, what was there before and what is there now, and nothing when nothing changed", async () => {
      const eventId = await openSale(database());
      const saleWindows = [{ kind: "public" as const, label: "Sale", opensAtMs: 1, closesAtMs: 2 }];
      await change(eventId, { title: "Another show", endsAtMs: Date.UTC(2030, 0, 1, 3), saleWindows });
      await change(eventId, {});
      expect(await auditOf(eventId, "event.changed")).toEqual([
        [
          "ana",
          {
            version: 2,
            before: { title: "Show", endsAtMs: null, saleWindows: [] },
            after: { title: "Another show", endsAtMs: Date.UTC(2030, 0, 1, 3), saleWindows },
          },
        ],
      ]);
    });

    it("of two editors at the same moment are saved once, and the other one hears who changed what", async () => {
      const eventId = await openSale(database());
      const event = draftOf(await found(eventId));
      const answers = await Promise.all(
        ["ana", "ben", "cleo", "dan"].map((actor) =>
          store().updateEvent(staffNamed(actor), eventId, {
            version: 1,
            draft: { ...event, title: `By ${actor}` },
          }),
        ),
      );
      expect(answers.filter(({ kind }) => kind === "saved")).toHaveLength(1);
      const { title } = await found(eventId);
      const late = answers.filter(({ kind }) => kind === "stale");
      expect(late).toHaveLength(3);
      for (const answer of late)
        expect(answer).toEqual({
          kind: "stale",
          version: 2,
          changes: [
            { version: 2, by: title.replace("By ", ""), atMs: expect.any(Number), fields: ["title"] },
          ],
        });
    });
  });

  it("of prices name both lists, which stay for good", async () => {
    const eventId = await openSale(database());
    const by = { version: 1 };
    expect(await priceLists().publish(staffNamed("ana"), eventId, { ...by, list: PRICES })).toEqual({
      kind: "published",
      version: 2,
    });
    expect(await priceLists().publish(staffNamed("ana"), eventId, { ...by, list: PRICES })).toMatchObject({
      kind: "stale",
      version: 2,
      changes: [{ version: 2, by: "ana" }],
    });
    const [, second] = await auditOf(eventId, "prices.published");
    expect(second).toMatchObject(["ana", { before: { version: 1 }, after: { version: 2 } }]);
  });

  it("of a line's settings are refused when they were made before somebody pulled a lever", async () => {
    const eventId = await openSale(database());
    const lines = makePgLineStore(database());
    const { id: lineId, windowKey, settingsVersion } = await newLine(lines, eventId);
    await lines.pullLevers(staffNamed("ops"), { lineId, levers: { cap: 3 } });
    const settings = lineSettings({ windowKey, cap: 9 });
    const late = await lines.configure(TESTER, { lineId, version: settingsVersion, settings });
    expect(late).toMatchObject({ kind: "stale", changes: [{ by: "ops", fields: ["cap"] }] });
    expect((await lines.find(lineId))?.cap).toBe(3);
  });

  it("of a line by a lever or a move are refused when somebody, or the clock, was there before", async () => {
    const eventId = await openSale(database());
    const lines = makePgLineStore(database());
    const { id: lineId, settingsVersion: version } = await newLine(lines, eventId);
    await openLobby(lines, lineId);
    const byClock = { version: version + 1, by: "test", fields: ["state"] };
    expect(await lines.closeLobby(staffNamed("ana"), { lineId, version })).toMatchObject({
      kind: "stale",
      version: version + 1,
      changes: [byClock],
    });
    const lever = { lineId, levers: { cap: 3 } };
    expect(await lines.pullLevers(staffNamed("ana"), { ...lever, version })).toMatchObject({ kind: "stale" });
    expect(await lines.pullLevers(staffNamed("ops"), { ...lever, version: version + 1 })).toMatchObject({
      kind: "done",
      line: { settingsVersion: version + 2 },
    });
    const off = { lineId, from: ["lobby"], to: "closed" } as const;
    expect(await lines.move(staffNamed("ana"), { ...off, version })).toMatchObject({
      kind: "stale",
      changes: [byClock, { version: version + 2, by: "ops", fields: ["cap"] }],
    });
    expect(await lines.find(lineId)).toMatchObject({ state: "lobby", settingsVersion: version + 2 });
    expect(await lines.move(staffNamed("ana"), { ...off, version: version + 2 })).toMatchObject({
      kind: "moved",
      line: { settingsVersion: version + 3 },
    });
  });

  it("of a line by two levers at once, both from what stood there, are one; moves of the clock name no version", async () => {
    const eventId = await openSale(database());
    const lines = makePgLineStore(database());
    const { id: lineId, settingsVersion: version } = await newLine(lines, eventId);
    await openLobby(lines, lineId);
    const answers = await Promise.all(
      [11, 12, 13, 14].map((cap) =>
        lines.pullLevers(staffNamed("ops"), { lineId, version: version + 1, levers: { cap } }),
      ),
    );
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["done", "stale", "stale", "stale"]);
    expect(await lines.closeLobby(staffNamed("line"), { lineId })).toMatchObject({ kind: "moved" });
  });

  it("of blocks say what the seats were and are, and moves say why", async () => {
    const eventId = await openSale(database());
    const block = { eventId, seatNos: [1, 2], reason: "cameras" };
    await inventoryFacts().setBlocked(staffNamed("ana"), { ...block, blocked: true });
    await inventoryFacts().setBlocked(staffNamed("ana"), { ...block, blocked: false });
    expect(await auditOf(eventId, "seats.blocked")).toEqual([
      ["ana", { seats: [1, 2], reason: "cameras", before: "free", after: "blocked" }],
    ]);
    expect(await auditOf(eventId, "seats.released")).toMatchObject([
      ["ana", { before: "blocked", after: "free" }],
    ]);
    await store().moveEvent(staffNamed("ana"), {
      id: eventId,
      to: "paused",
      reason: "the server room is wet",
    });
    expect((await auditOf(eventId, "event.moved")).at(-1)).toEqual([
      "ana",
      { from: "on_sale", to: "paused", reason: "the server room is wet" },
    ]);
  });

  it("of a presale's list and codes say how many there were and are, and no address", async () => {
    const eventId = await openSale(database());
    const access = makePgAccessStore(database());
    const list = (...emails: string[]) => ({ eventId, windowKey: "fans", emails });
    await access.addEmails(staffNamed("ana"), list("a@fans.example", "b@fans.example"));
    await access.addEmails(staffNamed("ana"), list("b@fans.example", "c@fans.example"));
    await access.removeEmails(staffNamed("ana"), list("a@fans.example"));
    const batchId = await makeCodes(database(), eventId, { codes: [`one ${eventId}`, `two ${eventId}`] });
    await access.revoke(staffNamed("ana"), { eventId, batchId });
    const sides = async (action: string) =>
      (await auditOf(eventId, action)).map(([, detail]) => [detail.before, detail.after]);
    expect(await sides("access.emails_listed")).toEqual([
      [{ emails: 0 }, { emails: 2 }],
      [{ emails: 2 }, { emails: 3 }],
    ]);
    expect(await sides("access.emails_unlisted")).toEqual([[{ emails: 3 }, { emails: 2 }]]);
    expect(await sides("access.codes_made")).toEqual([[{ codes: 0 }, { codes: 2 }]]);
    expect(await sides("access.codes_revoked")).toEqual([[{ codes: 2 }, { codes: 0 }]]);
    const [row] = await database()
      .sql`select count(*)::int as n from audit where detail::text like '%@fans.example%'`;
    expect(row?.["n"]).toBe(0);
  });

  describe("of its address", () => {
    const newSlug = () => `s-${randomUUID()}`;

    it("leave the old one to it for good, and to nobody else", async () => {
      const eventId = await openSale(database());
      const [first, second] = [(await found(eventId)).slug, newSlug()];
      await change(eventId, { slug: second });
      expect((await found(first)).slug).toBe(second);
      const { draft, organizationId } = await draftEvent(database(), { seats: 1, standing: 0 });
      const thief = EventDraft.parse({ ...draft, slug: first });
      await expect(store().createEvent(TESTER, organizationId, thief)).rejects.toMatchObject({
        code: "event.slug_taken",
      });
      await change(eventId, { slug: first });
      expect((await found(second)).slug).toBe(first);
    });

    it("of a draft give the old name free", async () => {
      const { eventId, draft, organizationId } = await draftEvent(database(), { seats: 1, standing: 0 });
      await change(eventId, { slug: newSlug() });
      expect(await store().findEvent(draft.slug)).toBeNull();
      await expect(store().createEvent(TESTER, organizationId, draft)).resolves.toMatchObject({
        slug: draft.slug,
      });
    });

    it("and a new event that wants the old one at the same moment never both have it, 10 times", async () => {
      for (let round = 0; round < 10; round += 1) {
        // oxlint-disable no-await-in-loop -- each round is a race of its own
        const eventId = await openSale(database());
        const { slug } = await found(eventId);
        const { draft, organizationId } = await draftEvent(database(), { seats: 1, standing: 0 });
        const [, thief] = await Promise.allSettled([
          change(eventId, { slug: newSlug() }),
          store().createEvent(TESTER, organizationId, EventDraft.parse({ ...draft, slug })),
        ]);
        // oxlint-enable no-await-in-loop
        expect(thief.status).toBe("rejected");
      }
    });
  });

  describe("the end", () => {
    it("comes by itself when it is over: at its end, else six hours after its start", async () => {
      const [byStart, byEnd, onSale] = [
        await openSale(database()),
        await openSale(database()),
        await openSale(database()),
      ];
      const nowMs = Date.now();
      await change(byStart, { startsAtMs: nowMs - 6 * HOUR_MS });
      await change(byEnd, { startsAtMs: nowMs - HOUR_MS, endsAtMs: nowMs });
      await change(onSale, { startsAtMs: nowMs - 5 * HOUR_MS });
      const ended = new Set<string>();
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other is what it does
        const id = await store().endEventOver();
        if (id === null) break;
        ended.add(id);
      }
      expect([byStart, byEnd, onSale].map((id) => ended.has(id))).toEqual([true, true, false]);
      expect((await found(byEnd)).state).toBe("ended");
      expect((await found(onSale)).state).toBe("on_sale");
      expect((await auditOf(byStart, "event.moved")).at(-1)).toEqual([
        "system:worker",
        { from: "on_sale", to: "ended", reason: "it is over" },
      ]);
    });

    it("is put off with the event, also for one that is about to end", async () => {
      const eventId = await openSale(database());
      const nowMs = Date.now();
      await change(eventId, { startsAtMs: nowMs - 10 * HOUR_MS, endsAtMs: nowMs - HOUR_MS });
      await change(eventId, { startsAtMs: nowMs + HOUR_MS, endsAtMs: nowMs + 2 * HOUR_MS });
      for (let id = await store().endEventOver(); id !== null; id = await store().endEventOver())
        expect(id).not.toBe(eventId);
      expect((await found(eventId)).state).toBe("on_sale");
    });
  });

  describe("a cancellation", () => {
    const jobsOf = async (kind: string) => {
      const rows = await database().sql<{ payload: Record<string, unknown> }[]>`
        select payload from job where kind = ${kind} order by id`;
      return rows.map(({ payload }) => payload);
    };

    it("writes its news along, and then one mail for each paid and each open order, in batches", async () => {
      const eventId = await openSale(database(), { seats: 10 });
      const orders = makePgOrderStore(database());
      const paid = orderDraft(eventId, { seats: [0] });
      const open = orderDraft(eventId, { seats: [1] });
      const reserved = orderDraft(eventId, { seats: [2] });
      const gone = orderDraft(eventId, { seats: [3] });
      await buy(orders, paid);
      await orders.commitOrders([open, reserved, gone]);
      await onlyRecord(database(), answerFor(reserved, "authorised"));
      await orders.endOrders({ orderIds: [gone.orderId], to: "cancelled", reason: "abandoned" });
      expect(await store().moveEvent(staffNamed("ana"), { id: eventId, to: "cancelled" })).toMatchObject({
        kind: "moved",
      });
      // Ended by the cancellation itself, before the mails were written.
      await orders.endOrders({ orderIds: [open.orderId], to: "cancelled", reason: "abandoned" });

      const [news] = (await jobsOf("event.cancelled")).filter((job) => job["eventId"] === eventId);
      const at = String(news?.["at"]);
      for (let after: { at: string; id: string } | null = null, round = 0; round < 4; round += 1) {
        const input = JSON.stringify({ eventId, at, after, limit: 1 });
        // oxlint-disable no-await-in-loop -- each batch starts where the one before ended
        await database().sql`select tell_cancelled(${input}::text::jsonb)`;
        await database().sql`select tell_cancelled(${input}::text::jsonb)`;
        const next = (await jobsOf("event.cancelled")).filter((job) => job["eventId"] === eventId);
        // oxlint-enable no-await-in-loop
        after = (next[round + 1]?.["after"] ?? after) as typeof after;
      }
      const told = new Set((await jobsOf("mail.event_cancelled")).map(({ orderId }) => orderId));
      const [paidTold, openTold, reservedTold, goneTold] = [paid, open, reserved, gone].map(({ orderId }) =>
        told.has(orderId),
      );
      expect({ paidTold, openTold, reservedTold, goneTold }).toEqual({
        paidTold: true,
        openTold: true,
        reservedTold: true,
        goneTold: false,
      });
    });
  });
});

import { must } from "@onsale/core/shared/assert";
import type { AppError } from "@onsale/core/shared/errors";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { EventId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

const HOUR_MS = 3_600_000;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error: { cause?: { code?: string; details?: { problems?: { code: string }[] } } }) => ({
      code: error.cause?.code,
      problems: error.cause?.details?.problems?.map((problem) => problem.code),
    }),
  );

describeApp("what an organizer may do with an event", (app) => {
  const organizer = async () => app().as(await app().member());
  async function changed(eventId: EventId, change: Partial<EventDraft> = {}): Promise<EventDraft> {
    const event = await app().container.services.events.require(eventId);
    return EventDraft.parse({ ...draftOf(event), ...change });
  }

  test("doors after the start and an end before it are refused, when it is made and when it is changed", async () => {
    const eventId = await app().openEvent();
    const caller = await organizer();
    const { startsAtMs } = await changed(eventId);
    const odd = { doorsAtMs: startsAtMs + HOUR_MS, endsAtMs: startsAtMs };
    const refused = { code: "input.invalid", problems: ["event.doors_late", "event.ends_early"] };
    expect(
      await failure(
        caller.admin.events.create({
          organizationId: app().organization,
          draft: await changed(eventId, { ...odd, slug: `night-${key()}` }),
        }),
      ),
    ).toEqual(refused);
    expect(
      await failure(caller.admin.events.update({ eventId, version: 1, draft: await changed(eventId, odd) })),
    ).toEqual(refused);
  });

  test("an event without prices is not published, and every reason is told", async () => {
    const caller = await organizer();
    const draft = await changed(await app().openEvent(), { slug: `night-${key()}`, layoutId: null });
    const { id } = await caller.admin.events.create({ organizationId: app().organization, draft });
    const eventId = EventId.parse(id);
    expect(await failure(caller.admin.events.move({ eventId, to: "published" }))).toEqual({
      code: "event.incomplete",
      problems: ["event.no_layout", "event.no_price_list"],
    });
    expect((await app().container.events.findEvent(id))?.state).toBe("draft");
  });

  test("prices with very many faults are answered with the first of them and their number, on few bytes", async () => {
    const eventId = await app().openEvent();
    const caller = await organizer();
    const { priceVersion: version } = await app().container.services.events.require(eventId);
    const list = must(await app().container.priceLists.find(eventId, version), "it is on sale");
    const seatPrices = Array.from({ length: 20_000 }, (_, n) => ({ seatId: `nowhere/${n}`, amountMinor: 1 }));
    const refused: unknown = await caller.admin.events
      .publishPrices({ eventId, version, priceList: { ...list, seatPrices } })
      .catch((error: { cause?: unknown }) => error.cause);
    expect(refused).toMatchObject({ code: "price.missing", details: { count: 20_000 } });
    const { details } = refused as AppError;
    expect(JSON.stringify(details).length).toBeLessThan(20_000);
  });

  test("layout and currency are fixed once it is published; the title is not", async () => {
    const eventId = await app().openEvent();
    const caller = await organizer();
    const update = async (change: Partial<EventDraft>) =>
      failure(caller.admin.events.update({ eventId, version: 1, draft: await changed(eventId, change) }));
    expect(await update({ layoutId: null })).toMatchObject({ code: "event.bad_transition" });
    expect(await update({ currency: "CHF" })).toMatchObject({ code: "event.bad_transition" });
    expect(await update({ title: "Another night" })).toBe("ok");
    expect((await app().container.catalog.event(eventId))?.title).toBe("Another night");
  });

  test("a state that does not follow is refused and changes nothing", async () => {
    const eventId = await app().openEvent();
    const caller = await organizer();
    expect(await failure(caller.admin.events.move({ eventId, to: "draft" }))).toMatchObject({
      code: "event.bad_transition",
    });
    expect((await app().container.events.findEvent(eventId))?.state).toBe("on_sale");
  });

  test("a seat held by a fan is not blocked, its neighbour is and cannot be held then", async () => {
    const eventId = await app().openEvent();
    const [caller, fan] = [await organizer(), app().as(await app().account())];
    await fan.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const request = { eventId, seatNos: [1, 2, 3], blocked: true, reason: "camera" };
    expect(await caller.admin.events.setBlocked(request)).toEqual({ changed: 2, refused: [1] });
    const taken = fan.hold.create({ eventId, operationId: key(), items: seatItems(2, 3) });
    expect(await failure(taken)).toMatchObject({ code: "hold.seats_taken" });
    const { blocked } = await app().container.inventoryFacts.read(eventId);
    expect(blocked.toSorted((a, b) => a - b)).toEqual([2, 3]);
  });
});

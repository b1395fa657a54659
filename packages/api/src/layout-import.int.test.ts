import { TESTER } from "@onsale/core/actor/testing/staff";
import { EventDraft } from "@onsale/core/event/event";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { PriceList } from "@onsale/core/pricing/price-list";
import { EventId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

const DAY_MS = 86_400_000;
const LIST = "a;b;c;d;e\nHall;1;1;Gold;\nHall;1;2;Press;\nPit;;;Press;250\n";
const columns = { section: "#1", row: "#2", seat: "#3", category: "#4", capacity: "#5" } as const;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error: { cause?: { code?: string } }) => error.cause?.code,
  );

describeApp("a seat list brought in through the API", (app) => {
  const organizer = async () => app().as(await app().member());

  test("is read by the columns that are chosen, and its answer says what was left out", async () => {
    const caller = await organizer();
    const as = { organizationId: app().organization, text: LIST, dryRun: true } as const;
    expect(await caller.admin.layouts.import(as)).toMatchObject({ ok: false, format: null });
    expect(await caller.admin.layouts.import({ ...as, columns })).toMatchObject({
      ok: true,
      counts: { seats: 2, gaCapacity: 250, tables: 0 },
      categories: ["Gold", "Press"],
    });
    const { seat, section, row } = columns;
    const few = await caller.admin.layouts.import({ ...as, columns: { seat, section, row, capacity: "" } });
    expect(few.notes.map(({ code }) => code)).toEqual(["csv.columns_left_out"]);
  });

  test("is found in the list by words of its name, in any case, under every order", async () => {
    const caller = await organizer();
    const { organization: organizationId } = app();
    const mark = key();
    for (const name of [`Élan 50% ${mark}`, `Opera ${mark}`])
      await caller.admin.layouts.import({
        organizationId,
        text: `${LIST}Box;${name};1;Gold;\n`,
        columns,
        name,
      });
    const named = async (query: string) =>
      (await caller.admin.layouts.list({ organizationId, query, sort: "name", dir: "asc" })).items.map(
        ({ name }) => name,
      );
    expect(await named(mark.toUpperCase())).toEqual([`Élan 50% ${mark}`, `Opera ${mark}`]);
    expect(await named(`éLAN 50% ${mark}`)).toEqual([`Élan 50% ${mark}`]);
    expect(await named(`%${mark}`)).toEqual([]);
  });

  test("with a category that is not for sale needs no price for it and sells none of it", async () => {
    const caller = await organizer();
    const { layout } = await caller.admin.layouts.import({
      organizationId: app().organization,
      text: LIST,
      columns,
      notForSale: ["Press"],
    });
    const venues = await app().container.venues.list(app().organization);
    const venue =
      venues[0] ??
      (await app().container.venues.create(TESTER, {
        organizationId: app().organization,
        name: key(),
        city: "",
        country: "",
        timeZone: "UTC",
      }));
    const startsAtMs = Date.now() + 30 * DAY_MS;
    const draft = EventDraft.parse({
      slug: `kept-${key()}`,
      title: "Kept from sale",
      venueId: venue.id,
      layoutId: layout?.id,
      timeZone: "Europe/Zurich",
      currency: "EUR",
      doorsAtMs: null,
      startsAtMs,
      endsAtMs: null,
      saleWindows: [{ kind: "public", label: "All", opensAtMs: Date.now() - DAY_MS, closesAtMs: startsAtMs }],
    });
    const eventId = EventId.parse(
      (await caller.admin.events.create({ organizationId: app().organization, draft })).id,
    );
    const priceList = PriceList.parse({
      currency: "EUR",
      ticketTypes: [{ key: "adult", label: "Adult" }],
      prices: [{ category: "Gold", ticketType: "adult", amountMinor: 5_000 }],
    });
    await caller.admin.events.publishPrices({ eventId, version: 0, priceList });
    for (const to of ["published", "on_sale"] as const) await caller.admin.events.move({ eventId, to });
    const stock = await app().container.feed.stockOf(eventId);
    expect([...stock.seats]).toEqual([SEAT_STATE.free, SEAT_STATE.blocked]);
    expect(stock.areas.map(({ capacity }) => capacity)).toEqual([0]);
    const fan = app().as(await app().account());
    expect(await failure(fan.hold.create({ eventId, operationId: key(), items: seatItems(1) }))).not.toBe(
      "ok",
    );
    const standing = { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 1 }] };
    expect(await failure(fan.hold.create({ eventId, operationId: key(), items: standing }))).not.toBe("ok");
    expect(await failure(fan.hold.create({ eventId, operationId: key(), items: seatItems(0) }))).toBe("ok");
  });
});

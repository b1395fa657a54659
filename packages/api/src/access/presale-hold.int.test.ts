import type { SaleWindow } from "@onsale/core/event/event";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "../testing/test-app.ts";
import { openLine } from "../testing/test-line.ts";

const HOUR_MS = 3_600_000;

describeApp("a hold of a presale when the public line opens", (app) => {
  async function setWindows(eventId: EventId, saleWindows: SaleWindow[]) {
    await app().changeEvent(eventId, { saleWindows });
  }

  test("may be kept longer and repriced without that line, as it may be paid for", async () => {
    const eventId = await app().openEvent();
    const startMs = Date.now();
    const fans = { kind: "presale", key: "fans", label: "Fan club", opensAtMs: startMs - HOUR_MS } as const;
    await setWindows(eventId, [{ ...fans, closesAtMs: startMs + HOUR_MS }]);
    const organizer = app().as(await app().member());
    const { codes } = await organizer.admin.access.createCodes({ eventId, windowKey: "fans", count: 1 });
    const fan = app().as(await app().account());
    await fan.access.redeem({ eventId, code: codes[0] ?? "" });
    const held = await fan.hold.create({ eventId, operationId: key(), items: seatItems(0) });
    const own = { eventId, holdId: HoldId.parse(held.hold.id) };

    const opensAtMs = Date.now();
    await setWindows(eventId, [
      { ...fans, closesAtMs: opensAtMs },
      { kind: "public", label: "Everybody", opensAtMs, closesAtMs: opensAtMs + HOUR_MS },
    ]);
    await openLine(app(), eventId);
    const items = { seats: [{ seatNo: 0, ticketType: "child" }], areas: [] };
    expect((await fan.hold.reprice({ ...own, items })).hold.id).toBe(held.hold.id);
    expect((await fan.hold.extend(own)).expiresAtMs).toBeGreaterThan(opensAtMs);
    await expect(fan.hold.create({ eventId, operationId: key(), items: seatItems(1) })).rejects.toMatchObject(
      { cause: { code: "line.pass_required" } },
    );
    const other = app().as(await app().account());
    await expect(other.hold.extend(own)).rejects.toMatchObject({ cause: { code: "line.pass_required" } });
  });
});

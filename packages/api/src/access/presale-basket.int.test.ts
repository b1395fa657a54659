import type { SaleWindow } from "@onsale/core/event/event";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { describeHouse, key, seatItems } from "../testing/test-house.ts";
import { openLine } from "../testing/test-line.ts";

const HOUR_MS = 3_600_000;

describeHouse("a basket of a presale when the public line opens", (house) => {
  async function setWindows(eventId: EventId, saleWindows: SaleWindow[]) {
    await house().changeEvent(eventId, { saleWindows });
  }

  test("may be kept longer and repriced without that line, as it may be paid for", async () => {
    const eventId = await house().openEvent();
    const startMs = Date.now();
    const fans = { kind: "presale", key: "fans", label: "Fan club", opensAtMs: startMs - HOUR_MS } as const;
    await setWindows(eventId, [{ ...fans, closesAtMs: startMs + HOUR_MS }]);
    const organizer = house().as(await house().member());
    const { codes } = await organizer.admin.access.createCodes({ eventId, windowKey: "fans", count: 1 });
    const fan = house().as(await house().account());
    await fan.access.redeem({ eventId, code: codes[0] ?? "" });
    const cart = await fan.hold.create({ eventId, operationId: key(), items: seatItems(0) });
    const own = { eventId, holdId: HoldId.parse(cart.hold.id) };

    const opensAtMs = Date.now();
    await setWindows(eventId, [
      { ...fans, closesAtMs: opensAtMs },
      { kind: "public", label: "Everybody", opensAtMs, closesAtMs: opensAtMs + HOUR_MS },
    ]);
    await openLine(house(), eventId);
    const items = { seats: [{ seatNo: 0, ticketType: "child" }], areas: [] };
    expect((await fan.hold.reprice({ ...own, items })).hold.id).toBe(cart.hold.id);
    expect((await fan.hold.extend(own)).expiresAtMs).toBeGreaterThan(opensAtMs);
    await expect(fan.hold.create({ eventId, operationId: key(), items: seatItems(1) })).rejects.toMatchObject(
      { cause: { code: "line.pass_required" } },
    );
    const other = house().as(await house().account());
    await expect(other.hold.extend(own)).rejects.toMatchObject({ cause: { code: "line.pass_required" } });
  });
});

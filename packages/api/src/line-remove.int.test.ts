import { LineId } from "@onsale/core/line/line";
import { expect, test } from "vitest";
import { describeApp, key, seatItems } from "./testing/test-app.ts";

const times = () => ({ lobbyOpensAtMs: Date.now() + 1_800_000, drawsAtMs: Date.now() + 3_600_000 });

describeApp("a line that was set up by mistake", (app) => {
  test("is removed again, and seats are sold as before, as long as its lobby was never open", async () => {
    const eventId = await app().openEvent();
    const organizer = app().as(await app().member()).admin.lines;
    const fan = app().as(await app().account());
    const buys = (seatNo: number) =>
      fan.hold.create({ eventId, operationId: key(), items: seatItems(seatNo) });
    const { id } = await organizer.create({ eventId, settings: times() });
    await expect(buys(0)).rejects.toMatchObject({ cause: { code: "line.pass_required" } });
    const lineId = LineId.parse(id);
    expect(await organizer.remove({ lineId })).toMatchObject({ id, state: "closed" });
    expect(await organizer.list({ eventId })).toEqual([]);
    expect((await buys(0)).hold.items.seats).toHaveLength(1);
    await expect(organizer.remove({ lineId })).rejects.toMatchObject({ cause: { code: "line.not_found" } });
  });

  test("stays once its lobby was open, and says which moves are left", async () => {
    const eventId = await app().openEvent();
    const organizer = app().as(await app().member()).admin.lines;
    const { id } = await organizer.create({ eventId, settings: times() });
    const lineId = LineId.parse(id);
    await expect(organizer.move({ lineId, version: 1, to: "closed" })).rejects.toMatchObject({
      cause: { code: "line.bad_transition", details: { from: "closed", next: ["lobby"] } },
    });
    await organizer.move({ lineId, version: 1, to: "lobby" });
    await expect(organizer.remove({ lineId })).rejects.toMatchObject({
      cause: { code: "line.settings_fixed" },
    });
    await expect(organizer.move({ lineId, version: 2, to: "lobby" })).rejects.toMatchObject({
      cause: { code: "line.bad_transition", details: { next: ["drawing", "closed"] } },
    });
    await organizer.move({ lineId, version: 2, to: "closed" });
    await expect(organizer.remove({ lineId })).rejects.toMatchObject({
      cause: { code: "line.settings_fixed" },
    });
  });
});

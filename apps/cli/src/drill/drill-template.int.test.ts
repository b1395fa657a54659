import { must } from "@onsale/core/shared/assert";
import { TESTER } from "@onsale/core/actor/testing/staff";
import { describeApp } from "@onsale/api/testing/test-app";
import { expect, test } from "vitest";
import { closeDrillEvent, openDrillEvent } from "./drill-event.ts";
import { readFacts } from "./drill-facts.ts";
import { templateOf } from "./drill-template.ts";

describeApp("what a drill sells", (app) => {
  test("a clone has the plan, its blocked seats, the prices and the limit of its event, which stays as it was", async () => {
    const { container } = app();
    const eventId = await app().openEvent({ rows: 2, seats: 8, standing: 14, maxPerFan: 3 });
    const kept = { eventId, seatNos: [0, 1], blocked: true, reason: "sound desk" };
    await container.services.events.setBlocked(TESTER, kept);
    const before = await container.services.events.require(eventId);
    const template = await templateOf(container, before.slug);
    expect(template).toMatchObject({
      slug: before.slug,
      places: 28,
      blocked: [0, 1],
      maxPerFan: 3,
      currency: "EUR",
    });
    // As into another database: nothing but the template says what the event was.
    const copy = structuredClone(template);
    const drill = await openDrillEvent(container, { template: copy, holdTtlMs: 5_000, line: null });
    try {
      expect(drill).toMatchObject({ places: 28, maxPerFan: 3, lineId: null });
      expect((await container.inventoryFacts.read(drill.eventId)).blocked).toEqual([0, 1]);
      const { free, sections } = await readFacts(container, drill);
      expect([free, sections.reduce((sum, { places }) => sum + places, 0)]).toEqual([28, 28]);
      expect(drill.prices).toEqual(await container.priceLists.find(eventId, before.priceVersion));
      const cloned = await container.services.events.require(drill.slug);
      expect(cloned).toMatchObject({ state: "on_sale", currency: "EUR" });
      // The same version of the layout, in an organization of its own.
      expect(cloned.organizationId).not.toBe(before.organizationId);
      const [original, clone] = await Promise.all(
        [before, cloned].map(({ layoutId }) => container.layouts.find(must(layoutId, "both have a layout"))),
      );
      expect(clone?.hash).toBe(original?.hash);
      expect(cloned.id).not.toBe(eventId);
      expect(cloned.id).toBe(drill.eventId);
    } finally {
      await closeDrillEvent(container, drill);
    }
    expect(await container.services.events.require(eventId)).toEqual(before);
  });

  test("an event that is not there is refused", async () => {
    const { container } = app();
    await expect(templateOf(container, "nothing-here")).rejects.toMatchObject({ code: "event.not_found" });
  });
});

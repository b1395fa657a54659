import { AppError } from "@onsale/core/shared/errors";
import type { Container } from "@onsale/api/compose/container";
import type { SectionSales } from "@onsale/core/drill/drill-report";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { Reconciliation } from "@onsale/core/reconcile/reconcile-service";
import type { DrillEvent } from "./drill-event.ts";

const LOOK_EVERY_MS = 200;
const UNCAPTURED_MAX = 1_000;

/**
 * Waits until nothing is on its way: the order queue is empty, no order awaits payment, no capture is missing. False
 * when that is not so after `limitMs`.
 */
export async function waitUntilSettled(
  { queue, sales, orders }: Container,
  { eventId }: DrillEvent,
  { limitMs, pause }: { limitMs: number; pause: (ms: number) => Promise<void> },
): Promise<boolean> {
  const until = performance.now() + limitMs;
  for (;;) {
    const [queued, sums, uncaptured] = await Promise.all([
      queue.length(eventId),
      sales.read(eventId),
      orders.uncaptured(0, UNCAPTURED_MAX),
    ]);
    const capturing = (await orders.openOrders(uncaptured)).filter(
      (order) => order.eventId === eventId,
    ).length;
    if (queued === 0 && sums.claimed === 0 && capturing === 0) return true;
    if (performance.now() >= until) return false;
    await pause(LOOK_EVERY_MS);
  }
}

export type DrillFacts = {
  readonly sold: number;
  readonly held: number;
  readonly free: number;
  /** Places sold beyond what there is. */
  readonly beyondCapacity: number;
  readonly sections: readonly SectionSales[];
  readonly reconciliation: Reconciliation;
};

/** What is true after the drill: sales from Postgres, promises from the shard, and whether both agree. */
export async function readFacts(container: Container, event: DrillEvent): Promise<DrillFacts> {
  const { inventory, inventoryFacts, services } = container;
  const { eventId, plan, blocked } = event;
  const [facts, shard] = await Promise.all([inventoryFacts.read(eventId), inventory.snapshot(eventId)]);
  const reconciliation = await services.reconcile.run({ eventId, fix: false });
  // A report does not say of what nobody has looked at that it holds.
  if (reconciliation.away.length > 0) throw new AppError("service.unavailable", {});
  const areaSold = facts.areas.reduce((sum, area) => sum + area.sold, 0);
  const count = (...states: number[]) =>
    (shard?.seats ?? []).filter((state) => states.includes(state)).length;
  const areas = shard?.areas ?? [];
  const held =
    count(SEAT_STATE.held, SEAT_STATE.claimed) +
    areas.reduce((sum, area) => sum + area.held + area.claimed, 0);
  const free =
    count(SEAT_STATE.free) +
    areas.reduce((sum, area) => sum + area.capacity - area.held - area.claimed - area.sold, 0);
  const beyondCapacity = facts.areas.reduce((sum, area) => sum + Math.max(0, area.sold - area.capacity), 0);
  const doubleRows = facts.sold.length - new Set(facts.sold).size;
  const soldSeats = new Set(facts.sold);
  const sections = plan.sections.map((section, number): SectionSales => {
    const area = plan.areas.findIndex((one) => one.section === number);
    if (area >= 0) {
      const live = facts.areas.find((one) => one.areaNo === area);
      return { section: section.label, places: plan.areas[area]?.capacity ?? 0, sold: live?.sold ?? 0 };
    }
    const runs = plan.runs.filter((run) => run.section === number);
    const seatNos = runs
      .flatMap((run) => Array.from({ length: run.count }, (_, n) => run.first + n))
      .filter((seatNo) => !blocked.has(seatNo));
    return {
      section: section.label,
      places: seatNos.length,
      sold: seatNos.filter((seatNo) => soldSeats.has(seatNo)).length,
    };
  });
  return {
    sold: facts.sold.length + areaSold,
    held,
    free,
    beyondCapacity: beyondCapacity + doubleRows,
    sections,
    reconciliation,
  };
}

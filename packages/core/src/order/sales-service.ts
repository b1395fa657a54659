import type { Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import type { SaleCatalog } from "../event/sale-catalog.ts";
import { type AreaStock, SEAT_STATE } from "../inventory/inventory.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import type { EventSales, SalesStore } from "./sales-store.ts";

export type SalesServiceDeps = {
  readonly sales: SalesStore;
  readonly catalog: Pick<SaleCatalog, "event" | "find">;
  readonly stock: {
    stockOf(eventId: EventId): Promise<{ seats: Uint8Array; areas: readonly AreaStock[] }>;
  };
};

/** What was sold, and what is on hold right now. */
export function makeSalesService(deps: SalesServiceDeps) {
  return {
    async of(actor: Staff, eventId: EventId): Promise<EventSales & { readonly held: number }> {
      const sale = await deps.catalog.find(eventId);
      if (!sale) throw new AppError("event.not_found", { why: "unpriced" });
      refuseElsewhere(actor, sale.event.organizationId, () => new AppError("event.not_found", {}));
      const [sales, held] = await Promise.all([deps.sales.read(eventId), heldCount(deps, eventId)]);
      return { ...sales, held };
    },
  };
}

/** Only the shard knows it. */
async function heldCount({ catalog, stock }: SalesServiceDeps, eventId: EventId): Promise<number> {
  // Nobody can have a seat of a draft, and it has no shard to look into.
  if ((await catalog.event(eventId))?.state === "draft") return 0;
  const { seats, areas } = await stock.stockOf(eventId);
  const heldSeats = seats.reduce((sum, state) => sum + (state === SEAT_STATE.held ? 1 : 0), 0);
  return areas.reduce((sum, area) => sum + area.held, heldSeats);
}

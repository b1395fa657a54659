import type { EventStore } from "@onsale/core/event/event-store";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import { fromPrice } from "@onsale/core/pricing/display-price";
import { makeProgrammeService } from "@onsale/core/programme/programme-service";
import type { Clock } from "@onsale/core/shared/clock";

/** The public programme with the prices that the catalog knows. */
export function composeProgramme({
  events,
  catalog,
  clock,
}: {
  events: EventStore;
  catalog: SaleCatalog;
  clock: Clock;
}) {
  return makeProgrammeService({
    events,
    clock,
    async fromPrice(event) {
      const sale = await catalog.saleOf(event);
      return sale && fromPrice(sale.plan, sale.priceList);
    },
  });
}

import type { Clock } from "@onsale/core/shared/clock";
import type { EventId } from "@onsale/core/shared/ids";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import type { LineCatalog, PublicLines } from "@onsale/core/line/line-catalog";
import type { EventService } from "@onsale/core/event/event-service";
import type { RiskService } from "@onsale/core/risk/risk-service";
import type { Ticket } from "@onsale/core/ticket/ticket";
import type { ImportProcess } from "../layout-import/import-process.ts";
import type { InventoryFeed } from "../live/inventory-feed.ts";
import type { Logger } from "../log.ts";
import type { Bell } from "../worker/bell.ts";
import type { Providers } from "./providers.ts";
import type { Stores } from "./stores.ts";

/** What the services of a process are opened with. */
export type ServicesDeps = {
  readonly log: Logger;
  readonly clock: Clock;
  readonly stores: Stores;
  readonly providers: Providers;
  readonly catalog: SaleCatalog;
  readonly lineCatalog: LineCatalog;
  readonly publicLines: PublicLines;
  readonly eventService: EventService;
  readonly feed: InventoryFeed;
  readonly layoutFiles: Pick<ImportProcess, "run">;
  readonly risk: RiskService;
  /** What a ticket's QR code says. */
  readonly codeOf: (ticket: Ticket) => string;
  /** Rung when orders became paid, for whoever mails their tickets in this process. */
  readonly ordersPaid: Bell;
  /** Resolves when a rebuild of the shard was tried. */
  readonly rebuildOnce: (eventId: EventId) => Promise<void>;
};

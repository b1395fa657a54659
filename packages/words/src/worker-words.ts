import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { Locale } from "@onsale/core/shared/locale";
import type { WorkerPulse } from "@onsale/core/worker/worker-pulse";
import { en } from "./worker/en.ts";
import type { WorkerCatalog } from "./worker/worker-catalog.ts";

const CATALOGS: Catalogs<WorkerCatalog> = { en };

/** What staff are told while no worker runs; null: one runs. */
export const workerWords = ({ running, silentMs }: WorkerPulse, locale: Locale): string | null =>
  running > 0 ? null : catalogFor(CATALOGS, locale).silent(silentMs, locale);

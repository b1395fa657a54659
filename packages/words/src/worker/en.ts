import { formatFigure } from "@onsale/core/shared/format";
import type { WorkerCatalog } from "./worker-catalog.ts";

export const en: WorkerCatalog = {
  silent: (silentMs, locale) => {
    const since =
      silentMs === null
        ? "No worker runs"
        : `No worker has answered for ${formatFigure(Math.round(silentMs / 1_000), { locale })} s`;
    return `${since}: orders are not written, payments are not settled, holds do not end and no mail goes out.`;
  },
};

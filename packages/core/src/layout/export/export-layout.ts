import type { LayoutDocument } from "../layout.ts";
import { exportCsv } from "./csv.ts";
import { exportPretix } from "./pretix.ts";

export const EXPORT_FORMATS = ["onsale", "pretix", "csv"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The text of a layout in a format. Our own JSON keeps everything; the others keep what they can say (docs/layouts.md). */
export function exportLayout(layout: LayoutDocument, format: ExportFormat): string {
  switch (format) {
    case "onsale":
      return `${JSON.stringify(layout, null, 1)}\n`;
    case "pretix":
      return `${JSON.stringify(exportPretix(layout), null, 1)}\n`;
    case "csv":
      return exportCsv(layout);
  }
}

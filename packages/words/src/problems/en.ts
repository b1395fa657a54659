import { EVENT_FILE_PROBLEMS_EN } from "./en-event-files.ts";
import { LAYOUT_PROBLEMS_EN } from "./en-layouts.ts";
import { SALE_PROBLEMS_EN } from "./en-sales.ts";
import type { ProblemCatalog } from "./problem-catalog.ts";

export const en: ProblemCatalog = {
  ...SALE_PROBLEMS_EN,
  ...LAYOUT_PROBLEMS_EN,
  ...EVENT_FILE_PROBLEMS_EN,
};

import type { LineStore } from "@onsale/core/line/line-store";
import type { Database } from "../client.ts";
import { lineDraw } from "./line-draw.ts";
import { lineLife } from "./line-life.ts";
import { linePlaces } from "./line-places.ts";
import { lineWaves } from "./line-waves.ts";

/** Facts about lines in Postgres. Every write is one statement or one call of a SQL function: functions/line. */
export function makePgLineStore(database: Database): LineStore {
  return { ...lineLife(database), ...lineDraw(database), ...linePlaces(database), ...lineWaves(database) };
}

import type { Standing } from "@onsale/core/line/standing";
import { api } from "../../server/bridge.ts";

/**
 * This request's fan in a line: null without a place. undefined: the stores cannot say now; what the fan's browser kept
 * counts then, and the page asks again.
 */
export async function readStanding(
  eventId: string,
  lineId: string | undefined,
): Promise<Standing | null | undefined> {
  if (lineId === undefined) return null;
  try {
    return await (await api()).line.mine({ eventId, lineId });
  } catch {
    return undefined;
  }
}

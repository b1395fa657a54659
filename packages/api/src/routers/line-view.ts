import type { PublicLine } from "@onsale/contract/line";
import type { LineRecord } from "@onsale/core/line/line";

export function publicLine(line: LineRecord): PublicLine {
  const { id, windowKey, state, lobbyOpensAtMs, drawsAtMs, requireVerifiedEmail } = line;
  return {
    id,
    windowKey,
    state,
    finished: line.finishedAtMs !== null,
    lobbyOpensAtMs,
    drawsAtMs,
    requireVerifiedEmail: requireVerifiedEmail || line.onePer === "address",
  };
}

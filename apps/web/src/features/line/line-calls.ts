import type { AppRouter } from "@onsale/api/router";
import { nextPollMs } from "@onsale/core/line/forecast";
import { LineNow, lineNowPath } from "@onsale/core/line/now-serving";
import type { TRPCClient } from "@trpc/client";
import { browserShelf } from "./browser-shelf.ts";
import { keepPass, keepPlace, newNonce } from "./line-memory.ts";
import type { LineWorld } from "./line-session.ts";

/** A phone on a bad network gets this long for two kilobytes. */
const DOCUMENT_TIMEOUT_MS = 10_000;

/** The browser, the server and chance, as one fan's session needs them. */
export function makeLineWorld(
  client: TRPCClient<AppRouter>,
  { eventId, lineId, accountId }: { eventId: string; lineId: string; accountId: string },
): LineWorld {
  const line = { lineId };
  return {
    nowMs: () => Date.now(),
    random: () => Math.random(),
    pollMs: nextPollMs,
    fetchNow: () => fetchNow(lineId),
    join: (nonce) => client.line.join.mutate({ ...line, nonce }),
    rejoin: () => client.line.rejoin.mutate(line),
    mine: () => client.line.mine.query({ eventId, lineId }),
    checkIn: async (ticket) => (await client.line.checkIn.mutate({ ticket })).kind,
    enter: () => client.line.enter.mutate(line),
    renew: () => client.line.renew.mutate(line),
    moreTime: () => client.line.moreTime.mutate(line),
    newNonce: () => newNonce((bytes) => crypto.getRandomValues(bytes)),
    keepPlace: (place) => keepPlace(browserShelf(), lineId, { ...place, accountId }),
    keepPass: (pass) => keepPass(browserShelf(), eventId, pass),
  };
}

async function fetchNow(lineId: string): Promise<LineNow | "gone"> {
  const response = await fetch(lineNowPath(lineId), { signal: AbortSignal.timeout(DOCUMENT_TIMEOUT_MS) });
  if (response.status === 404) return "gone";
  if (!response.ok) throw new Error(`line: ${response.status}`);
  return LineNow.parse(await response.json());
}

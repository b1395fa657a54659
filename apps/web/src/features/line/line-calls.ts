import { nextPollMs } from "@onsale/core/line/forecast";
import type { LineNow } from "@onsale/core/line/now-serving";
import { lineNowPath } from "@onsale/core/line/line-paths";
import { browserShelf } from "../line-pass/browser-shelf.ts";
import { keepPass, keepPlace, newNonce } from "../line-pass/line-memory.ts";
import type { ApiClient } from "../../trpc/provider.tsx";
import type { LineWorld } from "./line-session.ts";

/** A phone on a bad network gets this long for two kilobytes. */
const DOCUMENT_TIMEOUT_MS = 10_000;

/** The browser, the server and chance, as one fan's session needs them. */
export function makeLineWorld(
  client: ApiClient,
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
  const now = (await response.json()) as LineNow;
  // Our own server made it by its schema; a page that is older than the document cannot read it.
  if (now.version !== 1) throw new Error("line: a newer document");
  return now;
}

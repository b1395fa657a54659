import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Container } from "@onsale/api/container";
import { contestedBlocks } from "@onsale/core/drill/choose-places";
import { type CrowdShape, type FanPlan, planCrowd } from "@onsale/core/drill/crowd";
import type { DrillReport } from "@onsale/core/drill/drill-report";
import { must } from "@onsale/core/shared/assert";
import { watchClientLoad } from "./client-load.ts";
import { signInCrowd } from "./drill-accounts.ts";
import { makeDrillClient } from "./drill-client.ts";
import { closeDrillEvent, type DrillEvent, openDrillEvent } from "./drill-event.ts";
import { readFacts, waitUntilSettled } from "./drill-facts.ts";
import { makeDrillHttp } from "./drill-http.ts";
import type { DrillSettings } from "./drill-settings.ts";
import type { DrillWorld } from "./drill-world.ts";
import { makeReport } from "./make-report.ts";
import { makeSlots } from "./slots.ts";
import { makeTally, type Tally } from "./tally.ts";
import { liveAsFan } from "./virtual-fan.ts";

export type DrillRun = {
  readonly container: Container;
  readonly settings: DrillSettings;
  readonly signal: AbortSignal;
  /** Told what is going on, a few times a second. */
  readonly onProgress: (text: string) => void;
};

/** Workers look for new events once a second; before that, orders would wait for them and not for the server. */
const WORKER_NOTICES_MS = 1_500;
const PROGRESS_EVERY_MS = 250;
const SETTLE_LIMIT_MS = 60_000;

/** Opens an event, sends the crowd, waits until all is settled, and says what is true then. Closes the event however it ends. */
export async function runDrill({ container, settings, signal, onProgress }: DrillRun): Promise<DrillReport> {
  // Every fan that waits listens for the end of the drill.
  setMaxListeners(0, signal);
  const pause = (ms: number) => wait(Math.max(0, ms), undefined, { signal });
  onProgress("opening the sale");
  const { seats: places, event: clone, holdTtlMs } = settings;
  const event = await openDrillEvent(container, { places, clone, holdTtlMs });
  try {
    const opened = performance.now();
    onProgress(`signing in ${settings.fans} fans`);
    const cookies = await signInCrowd(container, event.drill, settings.fans);
    await pause(WORKER_NOTICES_MS - (performance.now() - opened));
    const startedAt = new Date();
    const rush = await sendCrowd({ event, cookies, settings, pause, onProgress });
    onProgress("waiting for the last orders");
    const settled = await waitUntilSettled(container, event, { limitMs: SETTLE_LIMIT_MS, pause });
    onProgress("comparing Postgres, Redis and what fans were told");
    const facts = await readFacts(container, event);
    return await makeReport({ event, settings, startedAt, settled, facts, ...rush });
  } finally {
    await closeDrillEvent(container, event);
  }
}

type Rush = {
  readonly event: DrillEvent;
  readonly cookies: readonly string[];
  readonly settings: DrillSettings;
  readonly pause: (ms: number) => Promise<void>;
  readonly onProgress: (text: string) => void;
};

async function sendCrowd({ event, cookies, settings, pause, onProgress }: Rush) {
  const { url, concurrency, fans } = settings;
  const crowd = planCrowd(crowdShape(settings, event));
  const openedAt = performance.now();
  const nowMs = () => performance.now() - openedAt;
  const tally = makeTally(nowMs);
  const http = makeDrillHttp(concurrency);
  const clientOf = makeDrillClient({ url, http, slots: makeSlots(concurrency), tally });
  const allFree = { index: event.index, isFree: () => true };
  const contested = contestedBlocks(allFree, settings.contestedBlocks);
  const { lookAgainMaxMs } = settings;
  const world: DrillWorld = { event, contested, lookAgainMaxMs, tally, nowMs, pause };
  const load = watchClientLoad();
  const progress = setInterval(() => onProgress(progressLine(tally, fans, nowMs())), PROGRESS_EVERY_MS);
  try {
    await Promise.all(crowd.map((fan) => visit(fan, must(cookies[fan.no], "every fan has a session"))));
  } finally {
    clearInterval(progress);
    http.close();
  }
  return { tally, seconds: nowMs() / 1_000, client: load.stop(tally.slotWaitP95Ms()) };

  async function visit(fan: FanPlan, cookie: string): Promise<void> {
    tally.outcome(await liveAsFan(fan, clientOf(cookie), world));
  }
}

function crowdShape(settings: DrillSettings, { maxPerFan }: DrillEvent): CrowdShape {
  const { seed, fans, rampMs, abandonPct, contestedPct, patienceMs } = settings;
  const arrivals = { kind: "flash", lobbyMs: 0, latePct: 100, lateMs: rampMs } as const;
  return { seed, fans, arrivals, abandonPct, contestedPct, patienceMs, maxPerFan, line: null };
}

function progressLine(tally: Tally, fans: number, nowMs: number): string {
  const requests = tally.latencies.total();
  const perSecond = Math.round(requests / Math.max(0.001, nowMs / 1_000));
  return `${(nowMs / 1_000).toFixed(0)} s  ${tally.gone()} of ${fans} fans gone  ${tally.ticketCount()} tickets  ${perSecond} requests/s`;
}

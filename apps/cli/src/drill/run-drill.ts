import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Container } from "@onsale/api/compose/container";
import { contestedBlocks } from "@onsale/core/drill/choose-places";
import {
  type CrowdShape,
  type FanPlan,
  type LineManners,
  planCrowd,
  wantedBy,
} from "@onsale/core/drill/crowd";
import type { DrillReport } from "@onsale/core/drill/drill-report";
import { must } from "@onsale/core/shared/assert";
import { runBots } from "./bots/run-bots.ts";
import { browserHeaders } from "./browser-headers.ts";
import { watchClientLoad } from "./client-load.ts";
import { checkDraw } from "./draw-check.ts";
import { type DrillAccount, signInCrowd } from "./drill-accounts.ts";
import { type Lane, makeDrillClient } from "./drill-client.ts";
import { closeDrillEvent, type DrillEvent, openDrillEvent, openLobby } from "./drill-event.ts";
import { readFacts, waitUntilSettled } from "./drill-facts.ts";
import { makeDrillHttp } from "./drill-http.ts";
import type { DrillSettings } from "./drill-settings.ts";
import { type DrillTemplate, ownTemplate } from "./drill-template.ts";
import type { DrillWorld } from "./drill-world.ts";
import { type FaultTools, runFaults } from "./fault-runner.ts";
import { readLineFacts } from "./line-facts.ts";
import { type LineWatch, watchLine } from "./line-watch.ts";
import { makeReport } from "./make-report.ts";
import { type OnProgress, stillProgress, tellProgress } from "./progress.ts";
import { makeSlots } from "./slots.ts";
import { makeTally, type Tally } from "./tally.ts";
import { liveAsFan } from "./virtual-fan.ts";

export type DrillRun = {
  readonly container: Container;
  readonly settings: DrillSettings;
  /** What to sell; by default a plan of `settings.seats` places. */
  readonly template?: DrillTemplate | null;
  readonly signal: AbortSignal;
  /** Told what is going on: each second of the sale, and at each step before and after it. */
  readonly onProgress: OnProgress;
  /** What can be broken here; null: nothing of this server is the drill's to break. */
  readonly faultTools?: FaultTools | null;
};

/** `drawText`: the published draw as it was served; null without a line. */
export type DrillResult = { readonly report: DrillReport; readonly drawText: string | null };

/** Workers look for new events once a second; before that, orders would wait for them and not for the server. */
const WORKER_NOTICES_MS = 1_500;
const SETTLE_LIMIT_MS = 60_000;
/** Those who wait share these; each of their questions is answered from memory. */
const WAIT_CONNECTIONS = 64;

/** What a browser on the storefront's pages says of itself. */
const originOf = ({ container }: DrillRun): string => new URL(container.config.publicUrl).origin;

type Prepared = {
  readonly run: DrillRun;
  readonly event: DrillEvent;
  readonly fans: readonly DrillAccount[];
  /** The session on the other device of those who use two, by their number. */
  readonly devices: ReadonlyMap<number, string>;
  readonly bots: readonly DrillAccount[];
  readonly crowd: readonly FanPlan[];
  readonly pause: (ms: number) => Promise<void>;
};

/** Opens an event, sends the crowd, waits until all is settled, and says what is true then. Closes the event however it ends. */
export async function runDrill(run: DrillRun): Promise<DrillResult> {
  const { container, settings, signal } = run;
  // Every fan that waits listens for the end of the drill.
  setMaxListeners(0, signal);
  const pause = (ms: number) => wait(Math.max(0, ms), undefined, { signal });
  const say = (note: string) => run.onProgress(stillProgress("preparing", note, settings));
  say("opening the sale");
  const { seats, holdTtlMs, line } = settings;
  const template = run.template ?? ownTemplate(seats);
  const event = await openDrillEvent(container, { template, holdTtlMs, line });
  try {
    const opened = performance.now();
    say(`signing in ${settings.fans} fans and ${settings.bots} bots`);
    const { drill } = event;
    const fans = await signInCrowd(container, { drill, name: "fan", count: settings.fans });
    const bots = await signInCrowd(container, { drill, name: "bot", count: settings.bots });
    const crowd = planCrowd(crowdShape(settings, event));
    const devices = await otherDevices(container, crowd, fans);
    await pause(WORKER_NOTICES_MS - (performance.now() - opened));
    return await sellOut({ run, event, fans, devices, bots, crowd, pause });
  } finally {
    await closeDrillEvent(container, event);
  }
}

async function otherDevices(
  { sessions }: Container,
  crowd: readonly FanPlan[],
  fans: readonly DrillAccount[],
): Promise<Map<number, string>> {
  const two = crowd.filter(({ tabs }) => tabs === 2);
  const cookies = two.map(async ({ no }) => {
    const { account } = must(fans[no], "every fan has an account");
    return [no, await sessions.issue(account)] as const;
  });
  return new Map(await Promise.all(cookies));
}

async function sellOut(prepared: Prepared): Promise<DrillResult> {
  const { run, event, pause } = prepared;
  const { container, settings } = run;
  const { line } = settings;
  const { lineId } = event;
  const releaseAtMs =
    line && lineId !== null
      ? (await openLobby(container, lineId, { line, pause })).releaseAtMs
      : container.clock.nowMs();
  const startedAt = new Date(releaseAtMs);
  const offsetMs = releaseAtMs - container.clock.nowMs() + performance.now();
  const nowMs = () => performance.now() - offsetMs;
  const tally = makeTally(nowMs);
  const watch =
    line && lineId !== null ? watchLine({ container, event, lineId, cap: line.cap, tally, nowMs }) : null;
  try {
    const rush = await sendCrowd(prepared, { tally, watch, nowMs });
    run.onProgress(stillProgress("settling", "waiting for the last orders", settings));
    const settled = await waitUntilSettled(container, event, { limitMs: SETTLE_LIMIT_MS, pause });
    await watch?.stop();
    run.onProgress(stillProgress("checking", "comparing Postgres, Redis and what fans were told", settings));
    const facts = await readFacts(container, event);
    const draw =
      watch && lineId !== null
        ? await checkDraw(container, lineId, { url: settings.url, seen: watch.promised() })
        : null;
    const lineFacts =
      line && watch && lineId !== null
        ? await readLineFacts(container, {
            lineId,
            settings: line,
            releaseAtMs,
            tally,
            watch,
            draw: draw?.check ?? null,
          })
        : null;
    const tickets = await container.drills.ticketsByAccount(event.eventId);
    const report = await makeReport({
      event,
      settings,
      startedAt,
      settled,
      facts,
      lineFacts,
      tickets,
      tally,
      botAccounts: prepared.bots,
      wanted: wantedBy(prepared.crowd),
      lostTickets: await container.drills.missingTickets(event.eventId, tally.ticketIds()),
      ...rush,
    });
    return { report, drawText: draw?.text ?? null };
  } finally {
    await watch?.stop();
  }
}

type Rush = { readonly tally: Tally; readonly watch: LineWatch | null; readonly nowMs: () => number };

async function sendCrowd(prepared: Prepared, { tally, watch, nowMs }: Rush) {
  const { run, event, crowd, pause } = prepared;
  const { settings, signal, onProgress } = run;
  const { concurrency } = settings;
  const lane = (connections: number): Lane => ({
    http: makeDrillHttp(connections),
    slots: makeSlots(connections),
  });
  const few = Math.min(WAIT_CONNECTIONS, concurrency);
  const [shop, waiting, look] = [lane(concurrency), lane(few), lane(few)];
  const clientOf = makeDrillClient({
    url: settings.url,
    origin: originOf(run),
    shop,
    wait: waiting,
    look,
    tally,
  });
  const world = worldOf(prepared, { tally, watch, nowMs });
  const load = watchClientLoad();
  const faults = runFaults({
    faults: settings.faults,
    tools: withSlowBank(run.faultTools ?? null, world),
    nowMs,
    pause,
    onFault: (words) => onProgress(stillProgress("selling", words, settings)),
  });
  const bots =
    settings.bots > 0
      ? runBots({
          settings,
          event,
          accounts: prepared.bots,
          origin: originOf(run),
          watch,
          nowMs,
          signal,
        })
      : null;
  const progress = tellProgress(
    { settings, seats: event.places, tally, bots: bots?.tally ?? null, watch, faults, nowMs },
    onProgress,
  );
  try {
    await Promise.all(crowd.map(visit));
    const seconds = nowMs() / 1_000;
    await faults.stop();
    return { seconds, faults, bots: bots?.tally ?? null, client: load.stop(tally.slotWaitP95Ms()) };
  } finally {
    progress.stop();
    await bots?.stop();
    shop.http.close();
    waiting.http.close();
    look.http.close();
  }

  async function visit(fan: FanPlan): Promise<void> {
    const { cookie } = must(prepared.fans[fan.no], "every fan has a session");
    const { address } = fan;
    const other = prepared.devices.get(fan.no);
    const device = (session: string) =>
      clientOf({ cookie: session, address, headers: browserHeaders(fan.no) });
    const second = other === undefined ? null : device(other);
    tally.outcome(await liveAsFan(fan, { client: device(cookie), second }, world));
  }
}

function worldOf({ run, event, pause }: Prepared, { tally, nowMs }: Rush): DrillWorld {
  const { contestedBlocks: blocks, looksLeast, lookAgainMaxMs, saleLimitMs, crowdStretch } = run.settings;
  return {
    event,
    lineId: event.lineId,
    contested: contestedBlocks(
      { index: event.index, isFree: (seatNo) => !event.blocked.has(seatNo) },
      blocks,
    ),
    looksLeast,
    lookAgainMaxMs,
    saleLimitMs,
    crowdStretch,
    bank: { isSlow: false },
    tally,
    nowMs,
    pause,
  };
}

const SLOW_BANK_MS = 15_000;

/** The sandbox's bank is slow for those who pay with a slow card: while it shall be, all who pay by card do. */
function withSlowBank(tools: FaultTools | null, world: DrillWorld): FaultTools | null {
  return (
    tools && {
      ...tools,
      "slow-provider": async (pause) => {
        world.bank.isSlow = true;
        await pause(SLOW_BANK_MS);
        world.bank.isSlow = false;
      },
    }
  );
}

function crowdShape(settings: DrillSettings, { maxPerFan }: DrillEvent): CrowdShape {
  const { seed, fans, arrivals, abandonPct, contestedPct, patienceMs, line } = settings;
  return {
    seed,
    fans,
    arrivals,
    abandonPct,
    contestedPct,
    patienceMs,
    maxPerFan,
    line: line && mannersIn(line),
  };
}

/** Some leave early, some close the laptop around their turn, for less and for longer than their place is kept. */
function mannersIn({ lobbyMs, graceMs }: NonNullable<DrillSettings["line"]>): LineManners {
  return {
    leavePct: 3,
    leaveAfterMs: { least: Math.round(lobbyMs / 4), most: lobbyMs + 60_000 },
    napPct: 5,
    napFromMs: { least: -Math.round(lobbyMs / 2), most: 30_000 },
    napMs: { least: 5_000, most: 2 * graceMs },
    tabsPct: 6,
  };
}

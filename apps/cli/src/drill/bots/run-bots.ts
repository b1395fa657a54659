import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type BotKind, planBots } from "@onsale/core/drill/bots";
import { makeRandom } from "@onsale/core/drill/random";
import { must } from "@onsale/core/shared/assert";
import { browserHeaders } from "../browser-headers.ts";
import type { DrillAccount } from "../drill-accounts.ts";
import type { DrillEvent } from "../drill-event.ts";
import { makeDrillHttp } from "../drill-http.ts";
import type { DrillSettings } from "../drill-settings.ts";
import type { LineWatch } from "../line-watch.ts";
import { makeSlots } from "../slots.ts";
import { makeBotClient } from "./bot-client.ts";
import { makeBotPace } from "./bot-pace.ts";
import { type BotTally, makeBotTally } from "./bot-tally.ts";
import type { Bot, BotWorld } from "./bot-world.ts";
import { guess } from "./guess-bot.ts";
import { hammer } from "./hammer-bot.ts";
import { farm, hoard, squat } from "./hold-bot.ts";
import { jump } from "./jump-bot.ts";

/** Few, so that they do not take the fans' connections nor this process's time. */
const CONNECTIONS = 24;

const LIVES: Readonly<Record<BotKind, (bot: Bot) => Promise<void>>> = {
  farm,
  hoarder: hoard,
  patient: squat,
  jumper: jump,
  guesser: guess,
  hammer,
};

export type BotRun = {
  readonly settings: DrillSettings;
  readonly event: DrillEvent;
  readonly accounts: readonly DrillAccount[];
  readonly origin: string;
  readonly watch: LineWatch | null;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
};

/** Lets the bots loose; they stop when they are told to, when everything is sold, or when they have nothing left to try. */
export function runBots(run: BotRun): { tally: BotTally; stop: () => Promise<void> } {
  const { settings, event, accounts, nowMs } = run;
  const over = new AbortController();
  const stop = AbortSignal.any([run.signal, over.signal]);
  setMaxListeners(0, stop);
  const tally = makeBotTally();
  const http = makeDrillHttp(CONNECTIONS);
  const pace = makeBotPace(settings.botRequestsPerSecond, stop);
  const clientOf = makeBotClient({
    url: settings.url,
    origin: run.origin,
    http,
    slots: makeSlots(CONNECTIONS),
    pace,
    tally,
  });
  const ticketType = event.prices.prices[0]?.ticketType ?? "";
  const sold = event.prices.prices.filter((price) => price.ticketType === ticketType);
  const world: BotWorld = {
    eventId: event.eventId,
    slug: event.slug,
    lineId: event.lineId,
    maxPerFan: event.maxPerFan,
    ticketType,
    categories: sold.map((price) => price.category),
    seats: event.plan.seatCount,
    now: () => run.watch?.now() ?? null,
    tally,
    lent: { passes: [], tickets: [] },
    nowMs,
    pause: (ms) => wait(Math.max(0, ms), undefined, { signal: stop }),
  };
  const lobbyMs = settings.line?.lobbyMs ?? 0;
  const lives = planBots({ seed: settings.seed, bots: settings.bots, lobbyMs }).map(async (plan) => {
    const { cookie } = must(accounts[plan.no], "every bot has a session");
    // Those who know their trade look like browsers; the others are scripts and look like it.
    const headers = plan.isSkilled ? browserHeaders(plan.no) : { "user-agent": "python-requests/2.32" };
    const client = clientOf(plan.kind, { cookie, address: plan.address, headers });
    const bot = { plan, client, world, random: makeRandom(plan.seed) };
    await world.pause(plan.startsAfterMs - lobbyMs - nowMs());
    await LIVES[plan.kind](bot);
  });
  const ended = Promise.allSettled(lives);
  return {
    tally,
    async stop() {
      over.abort();
      await ended;
      http.close();
    },
  };
}

import { randomBytes } from "node:crypto";
import type { FanPlan } from "@onsale/core/drill/crowd";
import type { Outcome } from "@onsale/core/drill/drill-report";
import { nextPollMs } from "@onsale/core/line/forecast";
import type { LineId } from "@onsale/core/line/line";
import type { Standing } from "@onsale/core/line/standing";
import type { LineNow } from "@onsale/core/line/now-serving";
import type { FanClient } from "./drill-client.ts";
import { asking, type DrillWorld } from "./drill-world.ts";
import { keepPass, type PassKeeper } from "./pass-keeper.ts";

export type LineVisit = {
  readonly client: FanClient;
  /** The other tab or device of those who use two. */
  readonly second: FanClient | null;
  readonly world: DrillWorld;
  readonly lineId: LineId;
};
export type Turn =
  | { readonly kind: "inside"; readonly pass: PassKeeper }
  | { readonly kind: "out"; readonly outcome: Outcome };

type Place = { number: number | null; ticket: string };

const ENTER_TRIES = 20;
const ENTER_AGAIN_MS = 300;
const out = (outcome: Outcome): Turn => ({ kind: "out", outcome });

/** From joining the line to being let in, as the waiting page does it, or to going home. */
export async function waitInLine(fan: FanPlan, visit: LineVisit): Promise<Turn> {
  const { world } = visit;
  const joined = await join(fan, visit);
  if (!joined) return out("failed");
  world.tally.joined.push(joined.entry);
  if (joined.number !== null) world.tally.numbered.push(joined.number);
  const leavesAtMs = fan.leavesAfterMs === null ? Infinity : world.nowMs() + fan.leavesAfterMs;
  const place: Place = { number: joined.number, ticket: joined.ticket };
  const presence = { checkedInAtMs: -Infinity, room: "", isCalled: false };
  for (let slept = false; ;) {
    const now = await look(visit, presence.isCalled);
    if (now) {
      const turn = await step(fan, visit, { place, presence, now });
      if (turn) return turn;
    }
    if (world.nowMs() >= leavesAtMs) {
      await visit.client.leave({ lineId: visit.lineId });
      return out("left_line");
    }
    if (world.nowMs() >= world.saleLimitMs) return out("gave_up");
    const waitMs = untilNextLookMs(world, { now, number: place.number });
    const { nap } = fan;
    if (nap && !slept && world.nowMs() + waitMs >= nap.atMs) {
      slept = true;
      await world.pause(nap.atMs + nap.forMs - world.nowMs());
    } else await world.pause(Math.min(waitMs, Math.max(0, leavesAtMs - world.nowMs())));
  }
}

async function look({ client, world, lineId }: LineVisit, isCalled: boolean): Promise<LineNow | null> {
  world.tally.counts.polls += 1;
  const answer = await client.now(lineId, isCalled);
  return answer.ok ? answer.value : null;
}

const NO_DOCUMENT_MS = 2_000;

/** As a real client, but that a crowd whose size alone sets the pace spreads wider: it shares the server's machine. */
function untilNextLookMs(
  { crowdStretch }: DrillWorld,
  { now, number }: { now: LineNow | null; number: number | null },
): number {
  const random = Math.random();
  if (!now) return NO_DOCUMENT_MS * (0.5 + random);
  return nextPollMs({ now: { ...now, entries: now.entries * crowdStretch }, number, random });
}

type Moment = {
  readonly place: Place;
  readonly presence: { checkedInAtMs: number; room: string; isCalled: boolean };
  readonly now: LineNow;
};

/** What a fan does with a fresh document; null: goes on waiting. */
async function step(fan: FanPlan, visit: LineVisit, moment: Moment): Promise<Turn | null> {
  const { world } = visit;
  const { place, now } = moment;
  if (now.soldOut) {
    world.tally.counts.toldSoldOut += 1;
    return out("sold_out");
  }
  if (now.finished) return out("gave_up");
  const drawn = now.state !== "lobby" && now.state !== "drawing" && now.state !== "closed";
  if (place.number === null && drawn) await learnNumber(visit, place);
  if (place.number === null || place.number > now.calledTo) return null;
  moment.presence.isCalled = true;
  return present(fan, visit, moment);
}

async function learnNumber({ client, world }: LineVisit, place: Place): Promise<void> {
  const answer = await asking(world, () => client.mine({ eventId: world.event.eventId }));
  if (!answer.ok || !answer.value) return;
  place.number = answer.value.number;
  place.ticket = answer.value.ticket;
}

/** Says that they are there, as often as the document asks for it, at once when it was their turn or the room is new. */
async function present(
  fan: FanPlan,
  visit: LineVisit,
  { place, presence, now }: Moment,
): Promise<Turn | null> {
  const { client, world, lineId } = visit;
  const served = place.number !== null && place.number <= now.servedTo;
  const due = world.nowMs() - presence.checkedInAtMs >= now.checkInMs - 500;
  if (!served && !due && presence.room === now.room) return null;
  const answer = await asking(world, () => client.checkIn(place.ticket));
  if (!answer.ok) return null;
  presence.checkedInAtMs = world.nowMs();
  presence.room = now.room;
  switch (answer.value.kind) {
    case "inside":
      return enter(visit);
    case "lapsed":
    case "over": {
      if (!fan.rejoins) return out("lapsed");
      const again = await asking(world, () => client.rejoin({ lineId }));
      if (!again.ok) return out("lapsed");
      place.number = again.value.number;
      place.ticket = again.value.ticket;
      return null;
    }
    case "present":
    case "not_called":
      return null;
  }
}

/** The room lets in at once; that it is written down takes a moment more. */
async function enter({ client, world, lineId }: LineVisit): Promise<Turn> {
  for (let tries = 0; tries < ENTER_TRIES; tries += 1) {
    const issued = await asking(world, () => client.enter({ lineId }));
    if (issued.ok) {
      world.tally.counts.entered += 1;
      return { kind: "inside", pass: keepPass({ client, world, lineId }, issued.value) };
    }
    if (issued.code !== "line.not_your_turn") return out("lapsed");
    await world.pause(ENTER_AGAIN_MS);
  }
  return out("failed");
}

/** Two tabs are two requests with two nonces and one place. */
async function join(fan: FanPlan, { client, second, world, lineId }: LineVisit): Promise<Standing | null> {
  const once = (tab: FanClient) =>
    asking(world, () => tab.join({ lineId, nonce: randomBytes(16).toString("hex") }));
  const tabs = second ? [client, second] : fan.doubleClicks ? [client, client] : [client];
  const answers = await Promise.all(tabs.map(once));
  const standings = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const [first, ...others] = standings;
  if (first && others.some((other) => other.entry !== first.entry)) {
    world.tally.error("drill.two_places");
    return null;
  }
  return first ?? null;
}

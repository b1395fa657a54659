import type { HoldView } from "@onsale/contract/hold";
import { randomBytes } from "node:crypto";
import { choosePlaces, type PlanView, seatItems, ticketTypeIn } from "@onsale/core/drill/choose-places";
import type { FanPlan } from "@onsale/core/drill/crowd";
import type { Outcome } from "@onsale/core/drill/drill-report";
import { PUBLIC_STATE, type PublicSnapshot } from "@onsale/core/inventory/snapshot-wire";
import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import type { Answer, FanClient } from "./drill-client.ts";
import { asking, type DrillWorld } from "./drill-world.ts";
import { waitInLine } from "./line-visit.ts";
import { payAsFan } from "./pay-as-fan.ts";

/** Until the second look at the map; each later one is this much farther away, up to the drill's limit. */
const LOOK_AGAIN_MS = { least: 400, more: 800 };
const LOOK_AGAIN_GROWS = 1.5;
/** Golden ratio: each new try looks at a place far from all before. */
const NEXT_PLACE = 0.618_034;

/** A fan's browser, and their other device for those who use two. */
export type FanDevices = { readonly client: FanClient; readonly second: FanClient | null };

/** One fan's visit from arriving to leaving; never throws for what a server answers. */
export async function liveAsFan(fan: FanPlan, devices: FanDevices, world: DrillWorld): Promise<Outcome> {
  const { client } = devices;
  await world.pause(fan.arrivesAtMs - world.nowMs());
  world.tally.counts.arrived += 1;
  const page = await asking(world, () => client.event(world.event.slug));
  if (!page.ok) return "failed";
  const { lineId } = world;
  if (lineId === null) return shop(fan, client, world);
  const turn = await waitInLine(fan, { ...devices, world, lineId });
  if (turn.kind === "out") return turn.outcome;
  world.tally.counts.inside += 1;
  const outcome = await shop(fan, client, world);
  world.tally.counts.inside -= 1;
  turn.pass.stop();
  // The server takes the pass of those who bought; whoever just walks away leaves it to run out.
  if (outcome !== "bought" && outcome !== "abandoned") await turn.pass.leave();
  return outcome;
}

async function shop(fan: FanPlan, client: FanClient, world: DrillWorld): Promise<Outcome> {
  const visit = { client, world, looks: 0, sinceMs: world.nowMs() };
  for (;;) {
    const found = await findPlaces(fan, visit);
    if (!("held" in found)) return found.outcome;
    world.tally.mark("holds");
    const outcome = await decide(fan, { client, world, held: found.held });
    // Whose time ran out before they had paid looks for other seats, as long as they can wait.
    if (outcome !== "too_late" || isAtAnEnd(fan, visit)) return outcome;
  }
}

async function decide(
  fan: FanPlan,
  { client, world, held }: { client: FanClient; world: DrillWorld; held: HoldView },
): Promise<Outcome> {
  if (fan.ending === "abandon") return "abandoned";
  await world.pause(fan.payMs);
  if (fan.ending !== "release") return payAsFan(fan, { client, world, held });
  const own = { eventId: world.event.eventId, holdId: held.hold.id };
  const released = await asking(world, () => client.release(own));
  return released.ok || released.code === "hold.not_found" ? "released" : "failed";
}

type Visit = {
  readonly client: FanClient;
  readonly world: DrillWorld;
  readonly sinceMs: number;
  looks: number;
};
type Found = { readonly held: HoldView } | { readonly outcome: Outcome };

/** A slow server must not look like impatience: everybody looks a few times at least. */
function isAtAnEnd(fan: FanPlan, { world, looks, sinceMs }: Visit): boolean {
  return looks >= world.looksLeast && world.nowMs() >= sinceMs + fan.patienceMs;
}

/** Looks, asks, and looks again where somebody was faster, until this fan's patience ends. */
async function findPlaces(fan: FanPlan, visit: Visit): Promise<Found> {
  const { client, world } = visit;
  for (; !isAtAnEnd(fan, visit); visit.looks += 1) {
    if (visit.looks > 0) await world.pause(lookAgainMs(visit.looks, world.lookAgainMaxMs));
    const stock = await asking(world, () => client.stock(world.event.eventId));
    if (!stock.ok) return { outcome: "failed" };
    if (isSoldOut(stock.value)) return { outcome: "sold_out" };
    const ask = askFor(fan, world, { attempt: visit.looks, snapshot: stock.value });
    if (!ask) continue;
    // Nobody presses at once on a map seen for the first time; meanwhile others do.
    if (visit.looks === 0) await world.pause(fan.chooseMs);
    const operationId = randomBytes(16).toString("hex");
    const held = await asking(world, () => hold(client, world, { ask, operationId }));
    if (held.ok) {
      visit.looks += 1;
      return { held: held.value };
    }
    if (held.code === "event.not_on_sale") return { outcome: "sold_out" };
    if (held.code === "line.pass_over") return { outcome: "too_late" };
    if (!LOST_RACES.has(held.code)) return { outcome: "failed" };
  }
  return { outcome: "gave_up" };
}

/** People who found nothing twice do not press faster; a crowd of ten thousand that did would be an attack. */
function lookAgainMs(looks: number, mostMs: number): number {
  const first = LOOK_AGAIN_MS.least + Math.random() * LOOK_AGAIN_MS.more;
  return Math.min(mostMs, first * LOOK_AGAIN_GROWS ** (looks - 1));
}

const LOST_RACES: ReadonlySet<string> = new Set([
  "hold.seats_taken",
  "hold.area_full",
  "hold.no_block",
  "hold.seat_rule",
  "hold.expired",
]);

type Ask = { readonly items: TicketItems } | { readonly best: number; readonly ticketType: string };

/** Contested fans press first and look later; who asked for the best once and got none picks from the map. */
function askFor(
  fan: FanPlan,
  { event, contested }: DrillWorld,
  { attempt, snapshot }: { attempt: number; snapshot: PublicSnapshot },
): Ask | null {
  const view: PlanView = {
    index: event.index,
    prices: event.prices,
    isFree: (seatNo) => snapshot.seats[seatNo] === PUBLIC_STATE.free,
    areas: snapshot.areas,
  };
  if (attempt === 0 && fan.wish === "contested") {
    const items = seatItems(view, contested[Math.floor(fan.place * contested.length)] ?? null);
    if (items) return { items };
  }
  const ticketType = ticketTypeIn(event.prices, event.prices.prices[0]?.category);
  if (
    attempt === 0 &&
    fan.wish === "best" &&
    ticketType !== null &&
    snapshot.seats.includes(PUBLIC_STATE.free)
  )
    return { best: fan.quantity, ticketType };
  const items = choosePlaces({ ...fan, place: (fan.place + attempt * NEXT_PLACE) % 1 }, view);
  return items && { items };
}

function hold(
  client: FanClient,
  { event: { eventId, prices } }: DrillWorld,
  { ask, operationId }: { ask: Ask; operationId: string },
): Promise<Answer<HoldView>> {
  if ("items" in ask) return client.hold({ eventId, operationId, items: ask.items });
  const { best: quantity, ticketType } = ask;
  const sold = prices.prices.filter((price) => price.ticketType === ticketType);
  const categories = sold.map((price) => price.category);
  return client.bestAvailable({ eventId, operationId, quantity, ticketType, categories });
}

function isSoldOut({ seats, areas }: PublicSnapshot): boolean {
  return seats.every((state) => state === PUBLIC_STATE.sold) && areas.every((area) => area.free === 0);
}

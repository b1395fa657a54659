import { randomBytes } from "node:crypto";
import type { CheckoutProgress } from "@onsale/contract/checkout";
import type { HoldView } from "@onsale/contract/hold";
import type { FanPlan } from "@onsale/core/drill/crowd";
import type { Outcome } from "@onsale/core/drill/drill-report";
import type { FanClient } from "./drill-client.ts";
import { asking, type DrillWorld } from "./drill-world.ts";

const PROGRESS_LOOKS_MAX = 40;
const PROGRESS_EVERY_MS = { first: 400, most: 2_000, grows: 1.3 };

type Visit = { readonly client: FanClient; readonly world: DrillWorld; readonly held: HoldView };

/** Pays for a hold with one idempotency key, however often the answer is lost, and looks at the tickets. */
export async function payAsFan(fan: FanPlan, { client, world, held }: Visit): Promise<Outcome> {
  const request = {
    eventId: world.event.eventId,
    holdId: held.hold.id,
    quoteHash: held.quote.hash,
    idempotencyKey: randomBytes(16).toString("hex"),
    method: fan.method === "card_ok" && world.bank.isSlow ? "card_slow" : fan.method,
  };
  const pay = () => asking(world, () => client.checkout(request));
  // The second click of a double click must end as the first one does: one order, one payment.
  const [first, second] = await Promise.all(fan.doubleClicks ? [pay(), pay()] : [pay()]);
  const answer = first?.ok ? first : (second ?? first);
  if (!answer?.ok) return answer && TOO_LATE.has(answer.code) ? "too_late" : "failed";
  if (first?.ok && second?.ok && first.value.orderId !== second.value.orderId) {
    world.tally.error("drill.two_orders");
    return "failed";
  }
  const state = await settled(answer.value, { client, world, confirms: fan.method === "card_3ds" });
  if (state === "over") return "too_late";
  if (state === "declined" && fan.ending === "decline") {
    // Their seats would wait for another card until the time to pay is over; who goes gives them back.
    const { orderId } = answer.value;
    await asking(world, () => client.giveUp(orderId));
    return "declined";
  }
  if (state === "paid" && fan.ending === "buy") return seeTickets(answer.value.orderId, { client, world });
  world.tally.error(`drill.${request.method}_ended_${state}`);
  return "failed";
}

const TOO_LATE: ReadonlySet<string> = new Set([
  "hold.expired",
  "hold.not_found",
  "checkout.seats_lost",
  "event.not_on_sale",
  "line.pass_over",
]);

/** Where the payment ends, asked about for a while as the page would. */
async function settled(
  first: CheckoutProgress,
  { client, world, confirms }: Pick<Visit, "client" | "world"> & { confirms: boolean },
): Promise<CheckoutProgress["state"]> {
  let now = first;
  let confirmed = !confirms;
  let waitMs: number = PROGRESS_EVERY_MS.first;
  for (let looks = 0; isOpen(now.state) && looks < PROGRESS_LOOKS_MAX; looks += 1) {
    const { actionUrl } = now;
    // One of two clicks may hear "pending" only; the page that looks again sees where the bank wants to be asked.
    if (!confirmed && actionUrl) confirmed = (await asking(world, () => client.confirm(actionUrl))).ok;
    await world.pause(waitMs);
    waitMs = Math.min(PROGRESS_EVERY_MS.most, waitMs * PROGRESS_EVERY_MS.grows);
    const answer = await asking(world, () => client.refresh(first.orderId));
    if (answer.ok) now = answer.value;
  }
  return now.state;
}

/** Some banks tell the server later, without the fan doing anything. */
const isOpen = (state: CheckoutProgress["state"]) => state === "pending" || state === "requires_action";

async function seeTickets(
  orderId: string,
  { client, world }: Pick<Visit, "client" | "world">,
): Promise<Outcome> {
  const seen = await asking(world, () => client.order(orderId));
  if (!seen.ok) return "failed";
  const { order, tickets } = seen.value;
  if (order.state !== "paid" || tickets.length !== order.items.length) {
    world.tally.error(`drill.order_${order.state}_with_${tickets.length}_of_${order.items.length}_tickets`);
    return "failed";
  }
  world.tally.bought(
    tickets.map(({ id, place }) => ({
      id,
      place: [place.section, place.row, place.seat].join("/"),
      isSeat: place.seat !== null,
    })),
  );
  return "bought";
}

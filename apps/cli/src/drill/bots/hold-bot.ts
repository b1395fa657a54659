import { randomBytes } from "node:crypto";
import { PAY_WITHIN_MS } from "@onsale/core/checkout/build-draft";
import { HOLD_TTL_MS } from "@onsale/core/event/hold-limits";
import { type Bot, isSoldOut, numberOf, textOf } from "./bot-world.ts";
import { renewAsBot, waitAsBot } from "./line-bot.ts";

const CYCLES_MAX = 12;
const KEEP_MS = { least: 800, most: 3_000 };
const BUY_TRIES = 6;
const LAST_MOMENT_MS = 5_000;
const SQUAT_AGAIN_MS = 10_000;
/**
 * A drill's holds are shorter than a sale's, but its orders have the whole time to pay: seats at the bank would keep the line
 * before an empty plan for longer than the drill lasts. So a bot lets the bank wait for its share and then gives the order up.
 */
const BANK_PER_HOLD = PAY_WITHIN_MS / HOLD_TTL_MS;
const key = () => randomBytes(16).toString("hex");
type Held = { readonly holdId: string; readonly quoteHash: string; readonly lastsMs: number };

/** Takes as many seats as it may, gives them back, takes them again, and never pays: nobody else shall have them. */
export async function hoard(bot: Bot): Promise<void> {
  const { client, random, world } = bot;
  if (!(await waitAsBot(bot))) return;
  for (let cycle = 0; cycle < CYCLES_MAX && !isSoldOut(world); cycle += 1) {
    const held = await holdBest(bot, world.maxPerFan);
    await world.pause(random.between(KEEP_MS.least, KEEP_MS.most));
    if (held === "barred") return;
    if (held) await client.tell("hold.release", { eventId: world.eventId, holdId: held.holdId });
    if (cycle % 2 === 1 && !(await renewAsBot(bot))) return;
  }
}

/**
 * Keeps as many seats as it may for as long as it is let: each hold to its last seconds, then sent to a bank that nobody
 * answers, then once more. Never fast enough for a count, and its time is over all the same.
 */
export async function squat(bot: Bot): Promise<void> {
  const { client, world } = bot;
  if (!(await waitAsBot(bot))) return;
  while (!isSoldOut(world)) {
    const held = await holdBest(bot, world.maxPerFan);
    if (held === "barred") return;
    if (held) {
      await world.pause(held.lastsMs - LAST_MOMENT_MS);
      const { eventId } = world;
      const { holdId, quoteHash } = held;
      const input = { eventId, holdId, quoteHash, idempotencyKey: key(), method: "card_3ds" };
      const { data } = await client.tell("checkout.start", input);
      await letTheBankWait(bot, { orderId: textOf(data, "orderId"), forMs: held.lastsMs * BANK_PER_HOLD });
    }
    await world.pause(SQUAT_AGAIN_MS);
    if (!(await renewAsBot(bot))) return;
  }
}

async function letTheBankWait(
  bot: Bot,
  { orderId, forMs }: { orderId: string | null; forMs: number },
): Promise<void> {
  if (orderId === null) return;
  for (let leftMs = forMs; leftMs > 0; leftMs -= SQUAT_AGAIN_MS) {
    await bot.world.pause(Math.min(leftMs, SQUAT_AGAIN_MS));
    await renewAsBot(bot);
  }
  await bot.client.tell("checkout.cancel", { orderId });
}

/** Behaves as a fan does, and buys as much as its account may; then tries for more than that. */
export async function farm(bot: Bot): Promise<void> {
  const { random, world } = bot;
  if (!(await waitAsBot(bot))) return;
  for (let tries = 0, left = world.maxPerFan; tries < BUY_TRIES && !isSoldOut(world); tries += 1) {
    const held = await holdBest(bot, left > 0 ? left : world.maxPerFan);
    if (held === "barred") return;
    if (held && (await pay(bot, held))) left = 0;
    else if (left > 1) left = Math.ceil(left / 2);
    await world.pause(random.between(KEEP_MS.least, KEEP_MS.most));
  }
  if (world.lineId !== null) await bot.client.tell("line.leave", { lineId: world.lineId });
}

/** "barred": from here on it costs more than the seats are worth to a program. */
async function holdBest({ plan, client, world }: Bot, quantity: number): Promise<Held | "barred" | null> {
  const { eventId, ticketType, categories } = world;
  const input = { eventId, operationId: key(), quantity, ticketType, categories };
  const answer = await client.tell("hold.bestAvailable", input);
  if (BARRED.has(answer.code)) return "barred";
  return heldIn(answer.data, () => world.tally.got(plan.kind, "holds"));
}

const BARRED: ReadonlySet<string> = new Set([
  "challenge.required",
  "hold.cycles",
  "hold.time",
  "risk.refused",
  "account.blocked",
]);

/** The hold of a granted answer. */
export function heldIn(data: Readonly<Record<string, unknown>>, onHeld: () => void): Held | null {
  const [hold, quote] = [data["hold"], data["quote"]];
  if (typeof hold !== "object" || hold === null || typeof quote !== "object" || quote === null) return null;
  const times = hold as Record<string, unknown>;
  const holdId = textOf(times, "id");
  const lastsMs = (numberOf(times, "expiresAtMs") ?? 0) - (numberOf(times, "nowMs") ?? 0);
  const quoteHash = textOf(quote as Record<string, unknown>, "hash");
  if (holdId === null || quoteHash === null) return null;
  onHeld();
  return { holdId, quoteHash, lastsMs };
}

export async function pay({ client, world }: Bot, { holdId, quoteHash }: Held): Promise<boolean> {
  const { eventId } = world;
  const input = { eventId, holdId, quoteHash, idempotencyKey: key(), method: "card_ok" };
  const paid = await client.tell("checkout.start", input);
  return textOf(paid.data, "state") === "paid";
}

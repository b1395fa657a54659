import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { type Bot, isSoldOut } from "./bot-world.ts";
import { heldIn, pay } from "./hold-bot.ts";

const AGAIN_MS = { least: 2_000, most: 8_000 };
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
type Trick = (bot: Bot) => string | null;

/** Passes that nobody gave to this account. null: none at all. */
const TRICKS: readonly Trick[] = [
  () => null,
  // The right shape under a key of its own.
  ({ world }) => {
    const body = `pass.${base64(claimsOf(world))}`;
    return `${body}.${createHmac("sha256", randomBytes(32)).update(body).digest("base64url")}`;
  },
  // No signature, an empty one, and what works against careless readers of JSON Web Tokens.
  ({ world }) => `pass.${base64(claimsOf(world))}.`,
  ({ world }) => `${base64({ alg: "none", typ: "JWT" })}.${base64(claimsOf(world))}.`,
  // Somebody else's, real and signed; later on one that is over.
  ({ world, random }) =>
    world.lent.passes[random.between(0, Math.max(0, world.lent.passes.length - 1))] ?? null,
  ({ world }) => world.lent.passes[0] ?? null,
  // A token of another kind under the same key.
  ({ world, random }) =>
    world.lent.tickets[random.between(0, Math.max(0, world.lent.tickets.length - 1))] ?? null,
  // One byte changed.
  ({ world }) => world.lent.passes[0]?.replace(/.$/, (last) => (last === "A" ? "B" : "A")) ?? "pass",
];

/** Never joins the line: tries to hold, to pay and to be let in without it, as long as there is something to get. */
export async function jump(bot: Bot): Promise<void> {
  const { client, random, world } = bot;
  for (let round = 0; !isSoldOut(world); round += 1) {
    await world.pause(random.between(AGAIN_MS.least, AGAIN_MS.most));
    const trick = TRICKS[(bot.plan.no + round) % TRICKS.length];
    client.carry(trick?.(bot) ?? null);
    const way = round % 4;
    if (way === 3) await knock(bot);
    else await takeSeats(bot, way);
  }
}

async function takeSeats(bot: Bot, way: number): Promise<void> {
  const { plan, client, random, world } = bot;
  const { eventId, ticketType } = world;
  const operationId = randomBytes(16).toString("hex");
  const seatNo = random.between(0, Math.max(0, world.seats - 1));
  const answer =
    way === 0
      ? await client.tell("hold.create", {
          eventId,
          operationId,
          items: { seats: [{ seatNo, ticketType }], areas: [] },
        })
      : way === 1
        ? await client.tell("hold.bestAvailable", {
            eventId,
            operationId,
            quantity: 2,
            ticketType,
            categories: world.categories,
          })
        : await client.tell("checkout.start", {
            eventId,
            holdId: randomUUID(),
            quoteHash: randomBytes(32).toString("hex"),
            idempotencyKey: operationId,
            method: "card_ok",
          });
  // Should it ever get seats, it takes all it can.
  const held = answer.ok ? heldIn(answer.data, () => world.tally.got(plan.kind, "holds")) : null;
  if (held) await pay(bot, held);
}

/** At the door of the line: a pass without a place, a place that is somebody else's. */
async function knock({ plan, client, random, world }: Bot): Promise<void> {
  const { lineId } = world;
  if (lineId === null) return;
  const ticket = world.lent.tickets[random.between(0, Math.max(0, world.lent.tickets.length - 1))];
  if (ticket && random.chance(50)) await client.tell("line.checkIn", { ticket });
  else if ((await client.tell("line.enter", { lineId })).ok) world.tally.got(plan.kind, "passes");
}

function claimsOf({ lineId, eventId }: Bot["world"]) {
  const nowMs = Date.now();
  const times = { issuedAtMs: nowMs, expiresAtMs: nowMs + 3_600_000 };
  return {
    lineId,
    eventId,
    accountId: randomUUID(),
    ...times,
    shopUntilMs: times.expiresAtMs,
    payUntilMs: times.expiresAtMs,
  };
}

import { randomBytes } from "node:crypto";
import { type Bot, isSoldOut, numberOf, textOf } from "./bot-world.ts";

const LENT_MAX = 200;
const LOOK_MS = { least: 1_000, most: 3_000 };
const ENTER_TRIES = 10;

/**
 * Stands in the line as a fan would, and asks for nothing while it waits but the document that its owner reads anyway.
 * False: it was not let in.
 */
export async function waitAsBot(bot: Bot): Promise<boolean> {
  const { client, random, world } = bot;
  const { lineId, eventId } = world;
  if (lineId === null) return true;
  const joined = await joinAsBot(bot);
  if (joined === null) return false;
  let ticket = joined;
  let number: number | null = null;
  let checkedInAtMs = -Infinity;
  for (; !isSoldOut(world); await world.pause(random.between(LOOK_MS.least, LOOK_MS.most))) {
    const now = world.now();
    if (!now || now.state === "lobby" || now.state === "drawing" || now.state === "closed") continue;
    if (number === null) {
      const mine = await client.ask("line.mine", { eventId });
      number = numberOf(mine.data, "number");
      ticket = textOf(mine.data, "ticket") ?? ticket;
    }
    if (number === null || number > now.calledTo) continue;
    const isDue = world.nowMs() - checkedInAtMs >= now.checkInMs - 1_000;
    if (number > now.servedTo && !isDue) continue;
    const answer = await client.tell("line.checkIn", { ticket });
    checkedInAtMs = world.nowMs();
    if (textOf(answer.data, "kind") === "inside") return enterAsBot(bot);
    if (textOf(answer.data, "kind") === "lapsed" || textOf(answer.data, "kind") === "over") return false;
  }
  return false;
}

/** Renews the pass that the bot carries; false when it is over. */
export async function renewAsBot({ client, world }: Bot): Promise<boolean> {
  if (world.lineId === null) return true;
  const renewed = await client.tell("line.renew", { lineId: world.lineId });
  const pass = textOf(renewed.data, "pass");
  if (pass !== null) client.carry(pass);
  return pass !== null;
}

async function joinAsBot({ client, random, world }: Bot): Promise<string | null> {
  while (!isSoldOut(world)) {
    const nonce = randomBytes(16).toString("hex");
    const joined = await client.tell("line.join", { lineId: world.lineId, nonce });
    const ticket = textOf(joined.data, "ticket");
    if (ticket !== null) {
      if (world.lent.tickets.length < LENT_MAX) world.lent.tickets.push(ticket);
      return ticket;
    }
    // Some refusals are for good; the others are asked again when the crowd has thinned.
    if (joined.code !== "rate.limited" && !joined.code.startsWith("network.")) return null;
    await world.pause(random.between(4_000, 12_000));
  }
  return null;
}

async function enterAsBot({ plan, client, world }: Bot): Promise<boolean> {
  for (let tries = 0; tries < ENTER_TRIES; tries += 1) {
    const entered = await client.tell("line.enter", { lineId: world.lineId });
    const pass = textOf(entered.data, "pass");
    if (pass !== null) {
      client.carry(pass);
      world.tally.got(plan.kind, "passes");
      if (world.lent.passes.length < LENT_MAX) world.lent.passes.push(pass);
      return true;
    }
    await world.pause(300);
  }
  return false;
}

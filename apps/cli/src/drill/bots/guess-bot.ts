import { type Bot, isSoldOut } from "./bot-world.ts";

const AGAIN_MS = { least: 500, most: 3_000 };
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const WORDS = ["FANCLUB", "PRESALE2026", "VIP", "ARTIST", "TICKETS"];

/** Tries codes of a presale: words that people choose, then random ones of the right shape. */
export async function guess({ client, random, world }: Bot): Promise<void> {
  for (let round = 0; !isSoldOut(world); round += 1) {
    await world.pause(random.between(AGAIN_MS.least, AGAIN_MS.most));
    const letters = Array.from({ length: 12 }, () => LETTERS[random.between(0, LETTERS.length - 1)]).join("");
    const code = WORDS[round] ?? letters.replace(/(.{4})(?=.)/g, "$1-");
    await client.tell("access.redeem", { eventId: world.eventId, code });
  }
}

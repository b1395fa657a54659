import { makeRandom } from "@onsale/core/drill/random";
import { EventId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { makeBotTally } from "./bot-tally.ts";
import type { Bot } from "./bot-world.ts";
import { squat } from "./hold-bot.ts";

const HOLD_MS = 15_000;
const granted = (data: Record<string, unknown>) => Promise.resolve({ ok: true, code: "", data });

test("a patient bot keeps seats at the bank for its share of the time to pay, then gives them up and comes again", async () => {
  const told: [atMs: number, procedure: string][] = [];
  let nowMs = 0;
  const over = new Error("the sale is over");
  const bot: Bot = {
    plan: { no: 0, kind: "patient", address: "198.18.0.0", startsAfterMs: 0, isSkilled: true, seed: 1 },
    client: {
      carry: () => undefined,
      raw: () => granted({}),
      ask: () => granted({}),
      tell(procedure) {
        told.push([nowMs, procedure]);
        if (procedure === "checkout.start") return granted({ orderId: "order" });
        return granted({
          hold: { id: "hold", expiresAtMs: nowMs + HOLD_MS, nowMs },
          quote: { hash: "hash" },
        });
      },
    },
    random: makeRandom(1, 1),
    world: {
      eventId: EventId.parse("00000000-0000-4000-8000-000000000001"),
      slug: "drill",
      lineId: null,
      maxPerFan: 6,
      ticketType: "adult",
      categories: ["a"],
      seats: 10,
      now: () => null,
      tally: makeBotTally(),
      lent: { passes: [], tickets: [] },
      nowMs: () => nowMs,
      pause(ms) {
        nowMs += ms;
        return nowMs > 60_000 ? Promise.reject(over) : Promise.resolve();
      },
    },
  };
  await expect(squat(bot)).rejects.toBe(over);
  expect(told).toEqual([
    [0, "hold.bestAvailable"],
    [10_000, "checkout.start"],
    [40_000, "checkout.cancel"],
    [50_000, "hold.bestAvailable"],
    [60_000, "checkout.start"],
  ]);
});

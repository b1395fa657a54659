import { expect, test } from "vitest";
import { BOT_KINDS, botAddresses, planBots } from "./bots.ts";

const shape = { seed: 7, bots: 2_000, lobbyMs: 30_000 };

test("the same seed brings the same bots, another seed others, and more bots are added to the same ones", () => {
  expect(planBots(shape)).toEqual(planBots(shape));
  expect(planBots({ ...shape, seed: 8 })).not.toEqual(planBots(shape));
  expect(planBots({ ...shape, bots: 2_500 }).slice(0, 2_000)).toEqual(planBots(shape));
});

test("every kind comes, and none is most of them", () => {
  const bots = planBots(shape);
  for (const kind of BOT_KINDS) {
    const count = bots.filter((bot) => bot.kind === kind).length;
    expect(count).toBeGreaterThan(100);
    expect(count).toBeLessThan(700);
  }
});

test("many accounts share few addresses, which are not those of fans", () => {
  const addresses = new Set(planBots(shape).map((bot) => bot.address));
  expect(addresses.size).toBe(botAddresses(2_000));
  expect(addresses.size).toBeLessThanOrEqual(40);
  expect([...addresses].every((address) => address.startsWith("198.18."))).toBe(true);
});

test("bots are there before the draw", () => {
  for (const { startsAfterMs } of planBots(shape)) {
    expect(startsAfterMs).toBeGreaterThanOrEqual(0);
    expect(startsAfterMs).toBeLessThan(shape.lobbyMs);
  }
});

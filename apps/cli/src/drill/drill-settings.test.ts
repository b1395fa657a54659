import { expect, test } from "vitest";
import { drillSettings } from "./drill-settings.ts";

const url = "http://127.0.0.1:3000/";

test("by default the crowd wants more than there is, and waits longer than a hold lasts", () => {
  for (const wishes of [{ short: false }, { short: true }, { short: false, fans: 10_000 }]) {
    const settings = drillSettings({ url, ...wishes });
    expect(settings.fans).toBeGreaterThan(settings.seats);
    expect(settings.patienceMs.most).toBeGreaterThan(settings.holdTtlMs);
  }
});

test("a short drill sells 200 places to 300 fans", () => {
  expect(drillSettings({ url, short: true })).toMatchObject({ fans: 300, seats: 200, seed: 1 });
});

test("what is asked for wins over every default", () => {
  const wishes = {
    fans: 10_000,
    seats: 2_000,
    seed: 9,
    abandon: 0,
    contested: 50,
    concurrency: 7,
    event: "gala",
  };
  const settings = drillSettings({ url, short: true, ramp: 12, ...wishes });
  const { fans, seats, seed, concurrency, event } = wishes;
  expect(settings).toMatchObject({
    fans,
    seats,
    seed,
    concurrency,
    event,
    rampMs: 12_000,
    abandonPct: 0,
    contestedPct: 50,
  });
  expect(settings.url).toBe("http://127.0.0.1:3000");
});

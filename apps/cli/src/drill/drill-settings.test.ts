import { PAY_WITHIN_MS } from "@onsale/core/checkout/build-draft";
import { expect, test } from "vitest";
import { drillSettings } from "./drill-settings.ts";

const url = "http://127.0.0.1:3000/";

test("by default the crowd wants more than there is, and without a line waits longer than a hold lasts", () => {
  for (const wishes of [{ short: false }, { short: true }, { short: false, fans: 10_000 }]) {
    const settings = drillSettings({ url, ...wishes });
    expect(settings.fans).toBeGreaterThan(settings.seats);
    const alone = drillSettings({ url, line: false, ...wishes });
    expect(alone.patienceMs.most).toBeGreaterThan(alone.holdTtlMs);
  }
});

test("a line is there by default, smaller than the plan and the crowd, and its lobby has room for everybody to join", () => {
  for (const fans of [50, 1_000, 10_000, 100_000]) {
    const { line, seats } = drillSettings({ url, short: false, fans });
    expect(line?.cap).toBeLessThan(fans);
    expect(line?.cap).toBeLessThanOrEqual(Math.max(20, seats / 5));
    expect(line?.inflowPerSecond).toBeLessThanOrEqual(line?.cap ?? 0);
    expect((fans / (line?.lobbyMs ?? 1)) * 1_000).toBeLessThanOrEqual(900);
    expect(line?.passTtlMs).toBeLessThan(line?.passMaxMs ?? 0);
  }
  expect(drillSettings({ url, short: false, line: false }).line).toBeNull();
});

test("the crowd gathers in the lobby unless it is to stream or to follow a recording", () => {
  const of = (wishes: object) => drillSettings({ url, short: false, fans: 500, ...wishes });
  expect(of({ lobby: 20 }).arrivals).toMatchObject({ kind: "flash", lobbyMs: 20_000 });
  expect(of({ line: false, ramp: 12 }).arrivals).toMatchObject({ kind: "flash", lobbyMs: 0, lateMs: 12_000 });
  expect(of({ poisson: 40, lobby: 20 }).arrivals).toEqual({
    kind: "poisson",
    lobbyMs: 20_000,
    perSecond: 40,
  });
  const orders = [0, 1, 2].map((n) => ({ atMs: n, quantity: 2 }));
  const replayed = of({ replay: { orders, compress: 60 } });
  expect(replayed).toMatchObject({ fans: 3, arrivals: { kind: "replay", compress: 60 } });
});

test("a short drill sells 200 places to 300 fans", () => {
  expect(drillSettings({ url, short: true })).toMatchObject({ fans: 300, seats: 200, seed: 1 });
});

test("a cloned plan brings its own places, and a crowd that can sell it out as far as two cores can carry one", () => {
  const of = (places: number) => drillSettings({ url, short: false, event: { slug: "gala", places } });
  expect(of(800)).toMatchObject({ seats: 800, fans: 1_200, event: "gala" });
  expect(of(40_000)).toMatchObject({ seats: 40_000, fans: 10_000 });
  expect(of(40_000).saleLimitMs).toBeGreaterThan(of(800).saleLimitMs);
});

test("what is asked for wins over every default", () => {
  const wishes = {
    fans: 10_000,
    seats: 2_000,
    seed: 9,
    abandon: 0,
    contested: 50,
    concurrency: 7,
    event: { slug: "gala", places: 2_000 },
  };
  const settings = drillSettings({ url, short: true, bots: 100, cap: 9, inflow: 3, ...wishes });
  const { fans, seats, seed, concurrency } = wishes;
  expect(settings).toMatchObject({
    fans,
    seats,
    seed,
    concurrency,
    event: "gala",
    bots: 100,
    line: { cap: 9, inflowPerSecond: 3 },
    abandonPct: 0,
    contestedPct: 50,
  });
  expect(settings.url).toBe("http://127.0.0.1:3000");
});

test("somebody still waits when the seats of an order that nobody pays come back", () => {
  for (const short of [true, false])
    expect(drillSettings({ url, short }).saleLimitMs).toBeGreaterThan(PAY_WITHIN_MS + 60_000);
});

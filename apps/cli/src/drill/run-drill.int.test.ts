import { createServer } from "node:http";
import type { Container } from "@onsale/api/container";
import { makeApiHandler } from "@onsale/api/http/api-handler";
import { describeHouse } from "@onsale/api/testing/test-house";
import { expect, test } from "vitest";
import { drillSettings } from "./drill-settings.ts";
import { runDrill } from "./run-drill.ts";

/** The container's API on a port of its own, for as long as the test holds it. */
async function serve(container: Container): Promise<{ url: string } & AsyncDisposable> {
  const answer = makeApiHandler(container);
  const server = createServer((req, res) => void (answer(req, res) || res.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const wishes = { short: true, fans: 90, seats: 30, ramp: 1, abandon: 10, contested: 60 };
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

describeHouse("a drill against a real server", (house) => {
  test("sells its house out to a crowd that fights for it, every place once, and leaves nothing on sale", async () => {
    const { container } = house();
    house().work();
    await using server = await serve(container);
    const report = await runDrill({
      container,
      settings: drillSettings({ ...wishes, url: server.url }),
      ...quiet,
    });
    expect(report.failures).toEqual([]);
    expect(report).toMatchObject({
      ok: true,
      sold: 30,
      free: 0,
      held: 0,
      oversold: 0,
      violations: 0,
      drift: [],
    });
    expect(Object.values(report.outcomes).reduce((sum, count) => sum + count, 0)).toBe(wishes.fans);
    expect(report.errors["hold.seats_taken"]).toBeGreaterThan(0);
    expect(report.steps["checkout"]?.count).toBeGreaterThan(0);
    expect((await container.events.findEvent(report.event))?.state).toBe("ended");
    const listed = await container.events.listPublic({
      query: "Drill",
      limit: 10,
      afterStartMs: container.clock.nowMs(),
    });
    expect(listed).toEqual([]);
  });

  test("says so when Postgres does not know a place that a fan was given", async () => {
    const real = house().container;
    house().work();
    await using server = await serve(real);
    // As a lost commit would look: the fans have their tickets, one row of the facts is not there.
    const inventoryFacts: Container["events"]["inventoryFacts"] = async (id) => {
      const facts = await real.events.inventoryFacts(id);
      return { ...facts, sold: facts.sold.slice(1) };
    };
    const container = { ...real, events: { ...real.events, inventoryFacts } };
    const report = await runDrill({
      container,
      settings: drillSettings({ ...wishes, url: server.url }),
      ...quiet,
    });
    expect(report).toMatchObject({ ok: false, lostTickets: 1, soldOut: false });
  });
});

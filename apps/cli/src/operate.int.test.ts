import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Container } from "@onsale/api/compose/container";
import { describeApp, key, seatItems } from "@onsale/api/testing/test-app";
import { expect, test } from "vitest";
import { askTicketctl as run } from "./testing/run-ticketctl.ts";

async function losePromises({ redis, config }: Container): Promise<void> {
  const keys = await redis.commands.keys(`${config.redisKeyPrefix}*`);
  await redis.commands.del(...keys);
}

describeApp("ticketctl against real services", (app) => {
  test("seeding the demo twice changes nothing the second time, and everything is on sale without drift", async () => {
    const { container } = app();
    expect(await run(container, "seed", "--demo")).toMatchObject({
      code: 0,
      answer: { accountsCreated: 5, venuesCreated: 2, eventsCreated: 8 },
    });
    const before = await run(container, "event", "list");
    expect(await run(container, "seed", "--demo")).toMatchObject({
      code: 0,
      answer: { accountsCreated: 0, venuesCreated: 0, eventsCreated: 0 },
    });
    expect(await run(container, "event", "list")).toEqual(before);
    const { events } = before.answer as { events: { state: string }[] };
    expect(events.filter((event) => event.state === "on_sale")).toHaveLength(8);
    expect(await run(container, "reconcile")).toMatchObject({
      code: 0,
      answer: { ok: true, violations: 0, drift: [] },
    });
  });

  test("a lost shard is drift and exit code 3; --fix rebuilds it from Postgres", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    await losePromises(container);
    const lost = await run(container, "reconcile", "--event", eventId);
    expect(lost).toMatchObject({
      code: 3,
      answer: { ok: false, drift: [{ kind: "epoch_missing", fixed: false }] },
    });
    expect(await run(container, "reconcile", "--event", eventId, "--fix")).toMatchObject({ code: 3 });
    expect(await run(container, "reconcile", "--event", eventId)).toMatchObject({
      code: 0,
      answer: { ok: true },
    });
  });

  test("a hold is listed, given back once, and then not found", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    const fan = app().as(await app().account());
    const held = await fan.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    const listed = await run(container, "hold", "list", eventId);
    expect(listed).toMatchObject({ code: 0, answer: { holds: [{ id: held.hold.id, state: "active" }] } });
    expect(await run(container, "event", "show", eventId)).toMatchObject({ answer: { stock: { held: 2 } } });
    const release = ["hold", "release", eventId, held.hold.id, "--yes"];
    expect(await run(container, ...release)).toMatchObject({ code: 0, answer: { released: 2 } });
    expect(await run(container, ...release)).toMatchObject({ code: 3 });
    expect(await run(container, "event", "show", eventId)).toMatchObject({ answer: { stock: { held: 0 } } });
  });

  test("a paused event sells again after resume; pausing it twice is a conflict", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    expect(await run(container, "event", "pause", eventId)).toMatchObject({
      code: 0,
      answer: { event: { state: "paused" } },
    });
    expect(await run(container, "event", "pause", eventId)).toMatchObject({ code: 4 });
    expect(await run(container, "event", "resume", eventId)).toMatchObject({
      code: 0,
      answer: { event: { state: "on_sale" } },
    });
  });

  test("importing events twice creates them once; a fault in one line refuses all of them", async () => {
    const { container } = app();
    const folder = await mkdtemp(path.join(tmpdir(), "ticketctl-"));
    try {
      const file = path.join(folder, "tour.csv");
      const line = (title: string, day: number) =>
        `${title},2028-07-0${day} 20:00,Import hall,Basel,Europe/Zurich\n`;
      const head = "title,start,venue,city,timezone\n";
      await writeFile(file, head + line("First of two", 5) + line("Second of two", 6));
      const first = await run(container, "import", "events", file, "--org", "test-org");
      expect(first).toMatchObject({ code: 0, answer: { existing: [] } });
      expect(first.answer["created"]).toHaveLength(2);
      const again = await run(container, "import", "events", file, "--org", "test-org");
      expect(again).toMatchObject({ code: 0, answer: { created: [] } });
      expect(again.answer["existing"]).toHaveLength(2);

      // Another hour is another event; a line that cannot be read refuses the whole file.
      const later = line("First of two", 5).replace("20:00", "21:00");
      await writeFile(file, head + later + line("Third", 7).replace("Europe/Zurich", "Mars/Olympus"));
      expect(await run(container, "import", "events", file, "--org", "test-org")).toMatchObject({
        code: 2,
        answer: { problems: expect.anything() },
      });
      expect(await container.events.findEvent("third-2028-07-07")).toBeNull();
      await writeFile(file, head + later);
      expect(
        (await run(container, "import", "events", file, "--org", "test-org")).answer["created"],
      ).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("doctor finds both services well and every migration there", async () => {
    const { code, answer } = await run(app().container, "doctor");
    const { checks } = answer as { checks: { id: string; health: string }[] };
    const health = new Map(checks.map((check) => [check.id, check.health]));
    expect([health.get("postgres"), health.get("redis"), health.get("migrations")]).toEqual([
      "good",
      "good",
      "good",
    ]);
    expect(code).toBe(0);
  });
});

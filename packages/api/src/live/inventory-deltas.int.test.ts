import { decodeSnapshot, PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import { type EventId, HoldId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";
import { makeInventoryFeed } from "./inventory-feed.ts";

type Message = { id: string; data: { kind: "delta" | "reset"; seats?: number[] } };

describeApp("the live stream of an event's stock", (app) => {
  let server: Awaited<ReturnType<typeof serveApp>>;
  beforeAll(async () => {
    server = await serveApp(app().container);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const snapshot = async (eventId: EventId) => {
    const answer = await fetch(`${server.url}/api/events/${eventId}/stock`);
    return decodeSnapshot(new Uint8Array(await answer.arrayBuffer()));
  };

  /** What a browser does: an event stream that goes on after the snapshot's id. */
  async function watch(eventId: EventId, lastEventId: string) {
    const stop = new AbortController();
    const input = encodeURIComponent(JSON.stringify({ eventId, lastEventId }));
    const answer = await fetch(`${server.url}/api/trpc/inventory.deltas?input=${input}`, {
      headers: { accept: "text/event-stream" },
      signal: stop.signal,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const messages: Message[] = [];
    const reading = (async () => {
      let text = "";
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk).toString("utf8");
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) {
          const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
          const [id, data] = [field("id"), field("data")];
          if (id && data) messages.push({ id, data: JSON.parse(data) as Message["data"] });
        }
      }
    })().catch(() => undefined);
    return {
      messages,
      /** The last state of each seat that the stream named. */
      seats: () => {
        const states = new Map<number, number>();
        for (const { data } of messages)
          for (let i = 0; i + 1 < (data.seats?.length ?? 0); i += 2)
            states.set(data.seats?.[i] ?? -1, data.seats?.[i + 1] ?? -1);
        return Object.fromEntries(states);
      },
      async [Symbol.asyncDispose]() {
        stop.abort();
        await reading;
      },
    };
  }

  test("a seat that one fan holds and lets go is seen by another, who did not ask again", async () => {
    const eventId = await app().openEvent();
    await using watcher = await watch(eventId, (await snapshot(eventId)).id);
    const holder = app().as(await app().account());
    const { hold } = await holder.hold.create({ eventId, operationId: key(), items: seatItems(4, 5) });
    await expect
      .poll(() => watcher.seats(), { timeout: 10_000 })
      .toEqual({ 4: PUBLIC_STATE.held, 5: PUBLIC_STATE.held });
    await holder.hold.release({ eventId, holdId: HoldId.parse(hold.id) });
    await expect
      .poll(() => watcher.seats(), { timeout: 10_000 })
      .toEqual({ 4: PUBLIC_STATE.free, 5: PUBLIC_STATE.free });
    expect(watcher.messages.every((message) => message.data.kind === "delta")).toBe(true);
    expect(watcher.messages.at(-1)?.id).toBe((await snapshot(eventId)).id);
  });

  test("who comes with an old snapshot is told to fetch a new one", async () => {
    const eventId = await app().openEvent();
    const old = await snapshot(eventId);
    const holder = app().as(await app().account());
    await holder.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) });
    await expect.poll(async () => (await snapshot(eventId)).id, { timeout: 10_000 }).not.toBe(old.id);
    await using watcher = await watch(eventId, old.id);
    await expect
      .poll(() => watcher.messages.map((message) => message.data.kind), { timeout: 10_000 })
      .toEqual(["reset"]);
  });

  test("after a rebuild everybody starts over, and sees what happens then", async () => {
    const eventId = await app().openEvent();
    const before = await snapshot(eventId);
    await using watcher = await watch(eventId, before.id);
    const { container } = app();
    const rebuilt = await container.services.events.rebuild(eventId, before.epoch);
    expect(rebuilt).toBe(true);
    await expect
      .poll(() => watcher.messages.map((message) => message.data.kind), { timeout: 20_000 })
      .toContain("reset");
    await expect
      .poll(async () => (await snapshot(eventId)).epoch, { timeout: 10_000 })
      .not.toBe(before.epoch);
    const holder = app().as(await app().account());
    await holder.hold.create({ eventId, operationId: key(), items: seatItems(8, 9) });
    await expect
      .poll(() => watcher.seats(), { timeout: 10_000 })
      .toEqual({ 8: PUBLIC_STATE.held, 9: PUBLIC_STATE.held });
  });

  test("who listened to a feed that was given up is told to start over, and hears what comes after", async () => {
    const { container } = app();
    const eventId = await app().openEvent();
    let away = false;
    const feed = makeInventoryFeed({
      inventory: {
        ...container.inventory,
        snapshot: async (id) => (away ? null : container.inventory.snapshot(id)),
      },
      rebuild: async () => undefined,
      clock: container.clock,
    });
    const heard: unknown[] = [];
    const stop = await feed.listen(eventId, (change) =>
      heard.push(change === "reset" ? "reset" : change.seats.map((seat) => seat.seatNo)),
    );
    away = true;
    const { epoch } = await snapshot(eventId);
    await container.services.events.rebuild(eventId, epoch);
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual(["reset"]);
    await expect(feed.seatsOf(eventId)).rejects.toMatchObject({ code: "inventory.rebuilding" });
    away = false;
    expect(await feed.seatsOf(eventId)).toHaveLength(30);
    const holder = app().as(await app().account());
    await expect
      .poll(
        () =>
          holder.hold.create({ eventId, operationId: key(), items: seatItems(0, 1) }).then(
            () => "held",
            () => "not yet",
          ),
        { timeout: 10_000 },
      )
      .toBe("held");
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(["reset", [0, 1]]);
    stop();
    await feed.close();
  });
});

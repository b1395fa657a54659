import { describeApp, key } from "@onsale/api/testing/test-app";
import { serveApp } from "@onsale/api/testing/serve-app";
import { OrderId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import { askTicketctl as ask } from "./testing/run-ticketctl.ts";

type Check = {
  readonly id: string;
  readonly health: string;
  readonly found: string;
  readonly todo: string | null;
};

describeApp("ticketctl doctor", (app) => {
  async function examine(publicUrl: string) {
    const { container } = app();
    const { code, answer } = await ask(
      { ...container, config: { ...container.config, publicUrl } },
      "doctor",
    );
    const checks = new Map((answer["checks"] as Check[]).map((check) => [check.id, check]));
    return { code, of: (id: string) => checks.get(id) };
  }

  test("tells of orders, work and mails that wait too long, with what to do, and of a web server that answers", async () => {
    const { container, owner } = app();
    const { jobs, redis, config } = container;
    await using server = await serveApp(container);
    const nothing = await examine(server.url);
    expect(nothing.of("web")).toMatchObject({ health: "good" });
    expect(["orders", "jobs", "mail"].map((id) => nothing.of(id)?.health)).toEqual(["good", "good", "good"]);

    const eventId = await app().openEvent();
    const [event] = await owner`select slug from event where id = ${eventId}`;
    const streams = `${config.redisKeyPrefix}*${eventId}*orders*`;
    expect(await redis.commands.keys(streams)).toEqual([]);
    const asked = {
      orderId: OrderId.parse(crypto.randomUUID()),
      want: { kind: "go_on" },
      replyTo: null,
    } as const;
    await container.queue.ask(eventId, asked, 10);
    const [stream = ""] = await redis.commands.keys(streams);
    await redis.commands.del(stream);
    // The id of an entry is the time at which it came.
    await redis.commands.xadd(stream, Date.now() - 60_000, "ask", "{}");
    for (const kind of ["mail.nobody", "other.nobody"])
      await jobs.enqueue({ kind, payload: {}, effectKey: key() });
    await owner`update job set run_at = clock_timestamp() - interval '20 minutes' where kind = 'mail.nobody'`;
    await owner`update job set run_at = clock_timestamp() - interval '2 minutes' where kind = 'other.nobody'`;
    const late = await examine("http://127.0.0.1:1");
    expect(late.code).toBe(9);
    expect(late.of("web")).toMatchObject({ health: "warning", todo: expect.stringContaining("PUBLIC_URL") });
    expect(late.of("orders")).toMatchObject({
      health: "bad",
      found: expect.stringMatching(
        new RegExp(`^1 entry waits for a worker, the oldest for 1 min \\d s \\(${event?.["slug"]}\\)$`),
      ),
      todo: expect.stringContaining("ticketctl worker"),
    });
    expect(late.of("jobs")).toMatchObject({
      health: "warning",
      found: expect.stringContaining("other.nobody 1;"),
    });
    expect(late.of("mail")).toMatchObject({
      health: "bad",
      todo: expect.stringContaining("ticketctl jobs list"),
    });
  });
});

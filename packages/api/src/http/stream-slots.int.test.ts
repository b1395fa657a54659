import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp, key, seatItems } from "../testing/test-app.ts";

/** Two hundred at this scale. */
const HERE_MAX = 4;

describeApp(
  "live maps at one address",
  (app) => {
    let server: Awaited<ReturnType<typeof serveApp>>;
    beforeAll(async () => {
      server = await serveApp(app().container);
    });
    afterAll(() => server[Symbol.asyncDispose]());

    /** Resolves with the answer's head; the stream stays open until `end`. */
    function open(eventId: string, address: string, path = "/api/trpc/inventory.deltas") {
      const input = encodeURIComponent(JSON.stringify({ eventId }));
      const headers = { "x-forwarded-for": address, accept: "text/event-stream" };
      return new Promise<{ status: number; retryAfter: unknown; text: () => string; end: () => void }>(
        (resolve, reject) => {
          const req = request(`${server.url}${path}?input=${input}`, { headers }, (res) => {
            let text = "";
            res.on("data", (chunk: Buffer) => (text += chunk.toString("utf8"))).on("error", () => undefined);
            resolve({
              status: res.statusCode ?? 0,
              retryAfter: res.headers["retry-after"],
              text: () => text,
              end: () => void req.destroy(),
            });
          });
          req.on("error", reject).end();
        },
      );
    }

    test("are so many and no more, whatever the path is written like; one that closes makes room", async () => {
      const eventId = await app().openEvent();
      const streams = await Promise.all(Array.from({ length: HERE_MAX }, () => open(eventId, "192.0.2.1")));
      expect(streams.map(({ status }) => status)).toEqual(Array(HERE_MAX).fill(200));
      const paths = [
        "/api/trpc/inventory.deltas",
        "/api/trpc/inventory%2Edeltas",
        "/api/trpc/inventory.deltas/",
      ];
      for (const path of paths) {
        const refused = await open(eventId, "192.0.2.1", path);
        expect({ path, status: refused.status, retryAfter: refused.retryAfter }).toEqual({
          path,
          status: 429,
          retryAfter: "10",
        });
        await expect.poll(refused.text, { timeout: 5_000 }).toContain('"code":"rate.limited"');
      }
      const neighbour = await open(eventId, "192.0.2.2");
      expect(neighbour.status).toBe(200);
      streams[0]?.end();
      const again = async () => {
        const stream = await open(eventId, "192.0.2.1");
        streams.push(stream);
        return stream.status;
      };
      await expect.poll(again, { timeout: 5_000 }).toBe(200);
      for (const stream of [...streams, neighbour]) stream.end();
    });

    test("for events that nobody knows are refused, and trying them has an end", async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 8; n++) statuses.push((await open(randomUUID(), "192.0.2.9")).status);
      expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 429, 429]);
    });

    test("that are open all get a change", async () => {
      const eventId = await app().openEvent();
      const streams = await Promise.all(
        ["192.0.2.3", "192.0.2.4", "192.0.2.5"].map((at) => open(eventId, at)),
      );
      const fan = app().as(await app().account());
      await fan.hold.create({ eventId, operationId: key(), items: seatItems(4, 5) });
      const dataOf = (text: string) => /^data: (\{"kind":"delta".*)$/m.exec(text)?.[1] ?? null;
      for (const { text } of streams)
        await expect.poll(() => dataOf(text()), { timeout: 10_000 }).toContain('"seats":[4,1,5,1]');
      for (const stream of streams) stream.end();
    });
  },
  { LIMITS_SCALE: "0.02", TRUSTED_PROXY_HOPS: "1" },
);

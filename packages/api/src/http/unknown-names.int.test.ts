import { randomUUID } from "node:crypto";
import type { EventId } from "@onsale/core/shared/ids";
import { expect, test } from "vitest";
import type { Container } from "../compose/container.ts";
import { serveApp } from "../testing/serve-app.ts";
import { describeApp } from "../testing/test-app.ts";
import { openLine } from "../testing/test-line.ts";

/** Three hundred a minute at this scale. */
const LOOK_UPS = 3;
const SETTINGS = { LIMITS_SCALE: "0.01", TRUSTED_PROXY_HOPS: "1" };

/** The same app, counting what reaches the stores. */
function counting(container: Container) {
  const asked = { events: 0, lines: 0, layouts: 0 };
  return {
    asked,
    container: {
      ...container,
      catalog: {
        ...container.catalog,
        findPublic: (id: string) => {
          asked.events += 1;
          return container.catalog.findPublic(id);
        },
      },
      publicLines: {
        ...container.publicLines,
        find: (id: Parameters<typeof container.publicLines.find>[0]) => {
          asked.lines += 1;
          return container.publicLines.find(id);
        },
      },
      services: {
        ...container.services,
        layouts: {
          ...container.services.layouts,
          documentByHash: (hash: string) => {
            asked.layouts += 1;
            return container.services.layouts.documentByHash(hash);
          },
        },
      },
    },
  };
}

describeApp(
  "documents that anyone may ask for by name",
  (app) => {
    let addresses = 0;
    const newAddress = () => `192.0.2.${++addresses}`;
    const asker =
      (url: string) =>
      (path: string, address = newAddress()) =>
        fetch(`${url}${path}`, { headers: { "x-forwarded-for": address } });
    const stock = (id: string) => `/api/events/${id}/stock`;

    test.each([
      ["events", () => stock(randomUUID())],
      ["lines", () => `/api/lines/${randomUUID()}/now`],
      ["layouts", () => `/api/layouts/${randomUUID().replaceAll("-", "").repeat(2)}.json`],
    ] as const)(
      "a name among %s that nobody knows is 404, and looked for once in a while",
      async (what, path) => {
        const counted = counting(app().container);
        await using server = await serveApp(counted.container);
        const get = asker(server.url);
        const unknown = path();
        for (let n = 0; n < 10; n++) expect((await get(unknown)).status).toBe(404);
        expect(counted.asked[what]).toBe(1);
      },
    );

    test.each([
      ["the stock of events", () => stock(randomUUID())],
      ["lines", () => `/api/lines/${randomUUID()}/now`],
      ["draws", () => `/api/lines/${randomUUID()}/draw.json`],
      ["layouts", () => `/api/layouts/${randomUUID().replaceAll("-", "").repeat(2)}.json`],
    ])("who tries names of %s is refused after a while, and a neighbour is not", async (_, path) => {
      await using server = await serveApp(app().container);
      const get = asker(server.url);
      const here = newAddress();
      const statuses: number[] = [];
      for (let n = 0; n < LOOK_UPS; n++) statuses.push((await get(path(), here)).status);
      expect(statuses).toEqual(Array(LOOK_UPS).fill(404));
      const refused = await get(path(), here);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await get(path())).status).toBe(404);
    });

    test("a crowd at one address that comes at once for what is there is served, every one", async () => {
      const eventId = await app().openEvent();
      await using server = await serveApp(app().container);
      const get = asker(server.url);
      const campus = newAddress();
      const crowd = (path: string) =>
        Promise.all(Array.from({ length: 50 }, async () => (await get(path, campus)).status));
      expect(await crowd(stock(eventId))).toEqual(Array(50).fill(200));
      expect(await crowd(stock(eventId))).toEqual(Array(50).fill(200));
    });

    test("what appears under a name is found a moment later", async () => {
      const { container } = app();
      const eventId = await app().openEvent();
      let there = false;
      const findPublic = (id: string) => (there ? container.catalog.findPublic(id) : Promise.resolve(null));
      await using server = await serveApp({ ...container, catalog: { ...container.catalog, findPublic } });
      const get = asker(server.url);
      expect((await get(stock(eventId))).status).toBe(404);
      there = true;
      await expect.poll(async () => (await get(stock(eventId))).status, { timeout: 8_000 }).toBe(200);
    });

    test("a line that is there but has no document yet is 503, not 404", async () => {
      const eventId: EventId = await app().openEvent();
      const line = await openLine(app(), eventId);
      const { container } = app();
      const lineRoom = { ...container.lineRoom, published: async () => null };
      await using server = await serveApp({ ...container, lineRoom });
      const answer = await asker(server.url)(`/api/lines/${line.lineId}/now`);
      expect(answer.status).toBe(503);
      expect(answer.headers.get("retry-after")).toBe("2");
    });
  },
  SETTINGS,
);

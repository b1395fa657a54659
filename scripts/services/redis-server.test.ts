import { createServer } from "node:net";

import { expect, test } from "vitest";

import { redisAt, redisSettings } from "./redis-server.ts";

const settings = (durable: boolean) => redisSettings({ port: 6389, dir: "/srv/a b", durable }).split("\n");

test("kept data is append-only, on loopback, and never evicted", () => {
  expect(settings(true)).toEqual(
    expect.arrayContaining([
      "bind 127.0.0.1",
      "port 6389",
      'dir "/srv/a b"',
      "appendonly yes",
      "appendfsync everysec",
      "maxmemory-policy noeviction",
    ]),
  );
});

test("data for tests is not written to disk", () => {
  expect(settings(false)).toEqual(expect.arrayContaining(["appendonly no", 'save ""']));
});

test("a Redis is known by the process that answers, and what is none answers nothing", async () => {
  const answer = (text: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const server = createServer((socket) => socket.once("data", () => socket.write(text)));
      server.once("error", reject);
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        const port = typeof address === "object" && address !== null ? address.port : 0;
        void redisAt(port).then((pid) => server.close(() => resolve(pid)));
      });
    });
  expect(await answer("$60\r\n# Server\r\nredis_version:7.0.15\r\nprocess_id:4711\r\n\r\n")).toBe(4711);
  expect(await answer("-LOADING Redis is loading the dataset in memory\r\n")).toBeUndefined();
});

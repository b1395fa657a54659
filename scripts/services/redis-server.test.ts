import { expect, test } from "vitest";

import { redisSettings } from "./redis-server.ts";

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

import { createServer } from "node:net";

import { describe, expect, test } from "vitest";

import { anyFreePort, type HeldPort, holdAnyPort, holdPort, pickPort } from "./free-port.ts";

describe("a chosen port", () => {
  const fake = (port: number): HeldPort => ({
    port,
    listener: createServer(),
    release: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });

  test("is the wanted one when it is free, else the next above it that nobody has", async () => {
    expect((await holdPort(3000, async (port) => fake(port))).port).toBe(3000);
    const taken = new Set([3000, 3001, 3002]);
    const free = async (port: number) => (taken.has(port) ? undefined : fake(port));
    expect((await holdPort(3000, free)).port).toBe(3003);
  });

  test("is given up with the range that was tried, and never one that cannot exist", async () => {
    const asked: number[] = [];
    const none = async (port: number) => {
      asked.push(port);
      return undefined;
    };
    await expect(holdPort(65_500, none)).rejects.toThrow("No free port between 65500 and 65535.");
    expect(Math.max(...asked)).toBe(65_535);
  });

  test("belongs to nobody else from the moment it was chosen until it is let go", async () => {
    const held = await holdAnyPort();
    try {
      const stranger = createServer();
      const refused = await new Promise<string | undefined>((resolve) => {
        stranger.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
        stranger.listen(held.port, "127.0.0.1", () => resolve("listens"));
      });
      expect(refused).toBe("EADDRINUSE");
      expect(await pickPort(held.port)).toBeGreaterThan(held.port);
    } finally {
      await held.release();
    }
    expect(await pickPort(held.port)).toBe(held.port);
  });

  test("is another one for each who asks", async () => {
    expect(new Set(await Promise.all([anyFreePort(), anyFreePort(), anyFreePort()])).size).toBeGreaterThan(1);
  });
});

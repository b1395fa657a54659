import { createServer } from "node:net";

import { describe, expect, test } from "vitest";

import { anyFreePort, isPortFree, pickPort } from "./free-port.ts";

describe("pickPort", () => {
  test("keeps the wanted port when it is free", async () => {
    expect(await pickPort(3000, async () => true)).toBe(3000);
  });

  test("moves past every taken port to the next free one", async () => {
    const taken = new Set([3000, 3001, 3002]);
    expect(await pickPort(3000, async (port) => !taken.has(port))).toBe(3003);
  });

  test("gives up with the range it tried, and never asks for a port that cannot exist", async () => {
    const asked: number[] = [];
    const none = async (port: number) => {
      asked.push(port);
      return false;
    };
    await expect(pickPort(65_500, none)).rejects.toThrow("No free port between 65500 and 65535.");
    expect(Math.max(...asked)).toBe(65_535);
  });

  test("sees a real listener", async () => {
    const port = await anyFreePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    try {
      expect(await isPortFree(port)).toBe(false);
      expect(await pickPort(port)).toBeGreaterThan(port);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    expect(await isPortFree(port)).toBe(true);
  });
});

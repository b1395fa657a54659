import { startTcpProxy } from "@onsale/redis/testing/tcp-proxy";
import { expect, test } from "vitest";
import { loadConfig } from "../config.ts";
import { composeContainer } from "../compose/container.ts";
import { describeApp } from "../testing/test-app.ts";
import { composeWorker } from "../compose/worker.ts";
import { runWorker } from "./worker.ts";

describeApp("a worker", (app) => {
  test("that starts while Redis stands still waits for it and then works", async () => {
    const { config, workerPulse } = app().container;
    const eventId = await app().openEvent();
    const url = new URL(config.redisUrl);
    const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.port = String(proxy.port);
    const container = composeContainer(
      loadConfig({
        DATABASE_URL: config.databaseUrl,
        REDIS_URL: url.href,
        AUTH_SECRET: config.authSecrets[0],
        TICKET_SIGNING_KEY: Buffer.alloc(32, 7).toString("base64url"),
        KEY_PREFIX: config.redisKeyPrefix,
        LOG_LEVEL: "silent",
      }),
    );
    await container.inventory.epoch(eventId);
    proxy.freeze();
    const stop = new AbortController();
    const working = runWorker(composeWorker(container), { signal: stop.signal }).then(
      () => "stopped",
      () => "died",
    );
    // Asked after the worker asked; when this is refused, so was it.
    await container.events.listLive();
    await expect(container.inventory.epoch(eventId)).rejects.toThrow("service.unavailable");
    proxy.thaw();
    await expect.poll(() => workerPulse.read(), { timeout: 15_000 }).toMatchObject({ running: 1 });
    stop.abort();
    expect(await working).toBe("stopped");
    await container.close();
    await proxy.close();
  }, 30_000);
});

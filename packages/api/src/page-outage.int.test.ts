import { expect, test } from "vitest";
import { loadConfig } from "./config.ts";
import { composeContainer } from "./compose/container.ts";
import { makePageBridge } from "./page-bridge.ts";
import { collectFaults } from "./pages/page-faults.ts";
import { describeApp } from "./testing/test-app.ts";

describeApp("a page while Postgres is away", (app) => {
  test("is an outage also when who looks cannot be read, and not a fault of ours", async () => {
    const { sessions, config } = app().container;
    const cookie = await sessions.issue(await app().account());
    const container = composeContainer(
      loadConfig({
        DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
        REDIS_URL: config.redisUrl,
        AUTH_SECRET: config.authSecrets[0],
        TICKET_SIGNING_KEY: Buffer.alloc(32, 7).toString("base64url"),
        PUBLIC_URL: config.publicUrl,
        KEY_PREFIX: config.redisKeyPrefix,
        LOG_LEVEL: "silent",
      }),
    );
    const bridge = makePageBridge(container);
    const { result, wasOutage } = await collectFaults(() =>
      bridge.caller({ cookie, address: "test" }).then(
        () => "read",
        () => "refused",
      ),
    );
    expect({ result, wasOutage }).toEqual({ result: "refused", wasOutage: true });
    await container.close();
  });
});

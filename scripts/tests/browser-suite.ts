import path from "node:path";

import { buildWeb } from "../app/build-web.ts";
import { newSecrets } from "../app/secrets.ts";
import { appEnv, startApp } from "../app/start-app.ts";
import { migrateAsOwner, ticketctl } from "../app/ticketctl.ts";
import { step } from "../bootstrap/say.mjs";
import { holdAnyPort } from "../services/free-port.ts";
import type { RunRecorder } from "../services/run-records.ts";
import { startServices } from "../services/start-services.ts";
import { findChromium } from "./chromium.ts";
import type { SuiteCount } from "./counts.ts";
import { runPlaywright, type SuiteRun } from "./suites.ts";

/**
 * The storefront as it is shipped, on a database and a Redis of its own, with the demo's data, in a real browser.
 * The tests find it at E2E_BASE_URL.
 */
export async function runBrowserSuite(suite: SuiteRun, recorder: RunRecorder): Promise<SuiteCount> {
  const { root } = suite;
  const chromium = await findChromium(root);
  await step("build the storefront", () => buildWeb(root));
  const services = await startServices({
    dir: path.join(root, ".onsale"),
    throwaway: true,
    durable: false,
    recorder,
  });
  try {
    await using held = await holdAnyPort();
    await using bank = await holdAnyPort();
    const { port } = held;
    const { appDatabaseUrl: databaseUrl, redisUrl } = services;
    // Each test says which address it comes from; by one address for all they would share its limits.
    const where = { databaseUrl, redisUrl, port, sandboxPort: bank.port };
    const env = { ...appEnv(newSecrets(), where), TRUSTED_PROXY_HOPS: "1" };
    await step("migrate", () => migrateAsOwner({ root, env }, services.databaseUrl));
    await step("seed", () => ticketctl({ root, env }, ["seed", "--demo"]));
    const sandbox = { held: bank, books: ":memory:" };
    const app = await step("start the payment provider, the storefront and the worker", () =>
      startApp({ root, logDir: suite.dir, port, held, env, recorder, sandbox }),
    );
    try {
      const base = { ...suite.env, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl };
      return await runPlaywright({
        ...suite,
        env: { ...base, E2E_BASE_URL: app.url, CHROMIUM_PATH: chromium },
      });
    } finally {
      await app.stop();
    }
  } finally {
    await services.stop();
  }
}

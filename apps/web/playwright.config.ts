import { defineConfig } from "@playwright/test";
import { SITE_URL } from "./e2e/site.ts";

const chromium = process.env["CHROMIUM_PATH"];

const LONG = ["line*.e2e.ts", "admin.e2e.ts"];

/** Runs against a storefront that is up already: BASE_URL (or E2E_BASE_URL) says where, CHROMIUM_PATH which browser. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // For machines that do something else as well; where all is well nobody waits so long.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  fullyParallel: true,
  // More than a machine of two cores has: a test of the line waits for its clocks most of the time.
  workers: 3,
  // The longest first, so that none of them is left over at the end with nothing beside it.
  projects: [
    { name: "long", testMatch: LONG },
    { name: "short", testMatch: "*.e2e.ts", testIgnore: LONG },
  ],
  retries: 0,
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL: SITE_URL,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    // With the page as it was at each step; a film of it would cost every test that passes.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    },
  },
});

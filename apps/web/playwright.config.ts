import { defineConfig } from "@playwright/test";

const chromium = process.env["CHROMIUM_PATH"];

/** Runs against a storefront that is up already: BASE_URL (or E2E_BASE_URL) says where, CHROMIUM_PATH which browser. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.e2e.ts",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // One fan after the other: the suite shares its machine with the server, the worker and two databases.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [["list"]],
  use: {
    baseURL: process.env["BASE_URL"] ?? process.env["E2E_BASE_URL"] ?? "http://127.0.0.1:3000",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    },
  },
});

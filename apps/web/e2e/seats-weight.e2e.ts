import { expect } from "@playwright/test";
import { waitForMap } from "./fan.ts";
import { test } from "./test.ts";

const SCRIPT_BYTES_MAX = 180_000;

test("the seats page loads at most 180 KB of packed JavaScript before the first pick", async ({ page }) => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  const scripts = new Set<string>();
  let bytes = 0;
  cdp.on("Network.responseReceived", ({ requestId, response }) => {
    if (/\.js(?:$|\?)/.test(response.url)) scripts.add(requestId);
  });
  // The files as they are packed; what stands at the end of a request counts its headers too.
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto("/events/northern-static-signal-fires/seats");
  await waitForMap(page);
  await page.waitForLoadState("load");
  expect(scripts.size).toBeGreaterThan(5);
  expect(bytes).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
});

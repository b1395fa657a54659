import { chromium, expect } from "@playwright/test";
import { newFan, signedUp, signUpHere } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

const EVENT = "/events/the-glass-orchard";
/** As a phone loads it: what comes over the network, packed with brotli. */
const EVENT_SCRIPT_BYTES_MAX = 140_000;

test("the programme, an event and its prices are there without JavaScript", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/");
  await expect(page).toHaveTitle("Onsale: tickets, at the price you see");
  await expect(page.getByRole("heading", { name: "The programme" })).toBeVisible();
  await page.locator(`a[href="${EVENT}"]`).click();
  await expect(page).toHaveURL(EVENT);
  await expect(page).toHaveTitle(/The Glass Orchard/);
  await expect(page.getByRole("heading", { name: "The Glass Orchard" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Stalls/ }).first()).toContainText(/\d\.\d\d CHF/);
  await expect(page.getByRole("link", { name: /^Choose seats, from/ })).toBeVisible();
  await page.goto("/?q=clockwork");
  await expect(page.getByRole("link", { name: /The Clockwork Heron/ })).toBeVisible();
  await context.close();
});

test("a page that is not there is 404, and a kept page runs its own scripts and no other", async ({
  page,
}) => {
  expect((await page.goto("/events/no-such-evening"))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "This seat is empty." })).toBeVisible();
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  const answer = await page.goto(EVENT);
  expect(answer?.headers()["content-security-policy"]).toMatch(/script-src 'self' 'sha256-/);
  await expect(page.locator("script[nonce]")).toHaveCount(0);
  // Its scripts have run: React has taken over the document.
  await expect
    .poll(() => page.evaluate(() => Object.keys(document).some((key) => key.startsWith("__react"))))
    .toBe(true);
  expect(faults).toEqual([]);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.__broughtIn = true";
    document.body.append(script);
  });
  expect(await page.evaluate(() => "__broughtIn" in window)).toBe(false);
  await page.goto(`${EVENT}/seats`);
  await expect(page.getByRole("img", { name: /^Seat map/ })).toBeVisible();
});

test("the script of the event's page is at most 140 KB, packed with brotli", async ({ page }) => {
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  const scripts = new Set<string>();
  let bytes = 0;
  network.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type !== "Script") return;
    scripts.add(requestId);
    expect(response.headers["Content-Encoding"] ?? response.headers["content-encoding"]).toBe("br");
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(EVENT, { waitUntil: "networkidle" });
  expect(scripts.size).toBeGreaterThan(3);
  expect(bytes).toBeLessThanOrEqual(EVENT_SCRIPT_BYTES_MAX);
});

test("going back shows the page as it was left, and made fresh for who signed in meanwhile", async ({
  baseURL,
}) => {
  const executablePath = process.env["CHROMIUM_PATH"];
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  const page = await browser.newPage(baseURL ? { baseURL } : {});
  await page.addInitScript(() => {
    window.addEventListener("pageshow", ({ persisted }) => {
      document.documentElement.dataset["wasKept"] = String(persisted);
    });
  });
  await page.goto("/");
  await page.locator(`a[href="${EVENT}"]`).click();
  await expect(page.getByRole("heading", { name: "The Glass Orchard" })).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(page.getByRole("heading", { name: "The programme" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-was-kept", "true");

  await page.goto("/sign-up?next=/tickets");
  await signUpHere(page, newFan());
  await page.evaluate(() => history.go(-2));
  await expect(page.getByRole("heading", { name: "The programme" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Sign out/ })).toBeVisible();
  await browser.close();
});

test("a view of a signed-in fan's page asks the server for one page, and for none ahead", async ({
  page,
}) => {
  await signedUp(page);
  await page.goto(EVENT);
  const asked: string[] = [];
  page.on("request", (request) => {
    const headers = request.headers();
    if (request.resourceType() === "document" || "rsc" in headers)
      asked.push(new URL(request.url()).pathname);
  });
  await page.goto(EVENT, { waitUntil: "networkidle" });
  await expect(page.getByRole("link", { name: "My tickets" })).toBeVisible();
  await page.getByRole("link", { name: "My tickets" }).hover();
  expect(asked).toEqual([EVENT]);
});

test("everybody sees within seconds that a sale was paused, and nothing of who is signed in", async ({
  organizer,
  request,
}) => {
  const { id, slug } = await ownEvent(organizer);
  const look = async () => (await request.get(`/events/${slug}`)).text();
  expect(await look()).toContain("Choose seats");
  await organizer.mutate("admin.events.move", { eventId: id, to: "paused" });
  await expect.poll(look, { timeout: 15_000, intervals: [100] }).toContain("Sale paused");
  await organizer.page.goto(`/events/${slug}`);
  await expect(organizer.page.getByRole("button", { name: /^Sign out/ })).toBeVisible();
  expect(await look()).not.toContain("Sign out");
});

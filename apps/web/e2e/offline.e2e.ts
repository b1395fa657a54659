import { expect } from "@playwright/test";
import { expectTickets, openSeats, signedUp } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

test("without a network Pay says so and fires nothing later; tickets stay readable until signing out", async ({
  page,
  context,
  organizer,
}) => {
  await signedUp(page);
  await openSeats(page, await ownEvent(organizer));
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().includes("/api/trpc/")) sent.push(request.url());
  });

  await context.setOffline(true);
  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(page.getByText("You are offline. Nothing was sent.")).toBeVisible();
  await context.setOffline(false);
  // What would fire by itself does it on this event; a read that was made after it proves that it was handled.
  await page.evaluate(() => fetch("/healthz"));
  expect(sent.filter((url) => url.includes("hold."))).toEqual([]);

  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
  await context.setOffline(true);
  const pay = page.getByRole("button", { name: /^Pay / });
  await pay.click();
  await expect(page.getByText("You are offline. Nothing was sent.")).toBeVisible();
  await page.getByRole("button", { name: "Let these seats go" }).click();
  await context.setOffline(false);
  await page.evaluate(() => fetch("/healthz"));
  expect(sent.filter((url) => /checkout\.|hold\.release/.test(url))).toEqual([]);
  await expect(pay).toBeEnabled();

  await pay.click();
  await expectTickets(page, 2);
  await page.goto("/tickets");
  await expect(page.getByText("Kept on this device")).toBeVisible();
  await context.setOffline(true);
  await page.goto("/tickets");
  await expect(page.getByText("You are offline.", { exact: true })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Code of/ })).toHaveCount(2);

  await context.setOffline(false);
  await page.goto("/tickets");
  await page.getByRole("button", { name: /^Sign out/ }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  await expect.poll(() => page.evaluate(() => caches.has("onsale-tickets"))).toBe(false);
  await context.setOffline(true);
  await expect(page.goto("/tickets")).rejects.toThrow();
});

import { expect } from "@playwright/test";
import { openDemoEvent } from "./fan.ts";
import { test } from "./test.ts";

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false, locale: "de-DE" });

  test("the programme is searched and narrowed by a form, and amounts are written for a German reader", async ({
    page,
  }) => {
    await page.goto("/");
    await page.getByRole("searchbox").fill("  Zürich   theatre");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByText(/^\d+ events?\.$/)).toBeVisible();
    await expect(page.getByText(/from \d+,\d\d [A-Z]{3}/).first()).toBeVisible();
    await page.getByText("Filter by city, date, genre or price").click();
    await page.getByLabel("Until").fill("2000-01-01");
    await page.getByRole("button", { name: "Show these" }).click();
    await expect(page.getByText("Nothing in the programme matches.")).toBeVisible();
    await page.getByRole("link", { name: "Show the whole programme" }).click();
    await expect(page).toHaveURL("/");
  });
});

test("no price is cut at 320 pixels", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await openDemoEvent(page);
  await expect(page.locator("#prices ~ * td").first()).toBeVisible();
  const cut = await page
    .locator("#prices ~ * td")
    .evaluateAll((cells) => cells.filter((cell) => cell.getBoundingClientRect().right > innerWidth).length);
  expect(cut).toBe(0);
});

import { expect } from "@playwright/test";
import { test } from "./test.ts";

test("while no worker answers, every page of the portal says what stands still, and stops saying it by itself", async ({
  organizer: { page },
}) => {
  let silentMs: number | null = null;
  await page.route("**/healthz", async (route) => {
    const answer = await route.fetch();
    const health = (await answer.json()) as Record<string, unknown>;
    const away = silentMs === null ? {} : { worker: "away", workerSilentMs: silentMs };
    await route.fulfill({ response: answer, json: { ...health, ...away } });
  });
  await page.goto("/admin");
  const banner = page.getByText("No worker has answered for 14 s");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(banner).toBeHidden();
  silentMs = 14_000;
  await expect(banner).toBeVisible();
  await expect(banner).toContainText("orders are not written");
  await page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: "Events" }).click();
  await expect(banner).toBeVisible();
  silentMs = null;
  await expect(banner).toBeHidden();
});

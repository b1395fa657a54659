import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { expectTickets, openSeats, picture, signedUp, waitForMap } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

const TABS_MAX = 300;

/** Presses Tab until the focus stands on something with that name; nothing but the keyboard moves it there. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let pressed = 0; pressed < TABS_MAX; pressed++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return "";
      const labels =
        element instanceof HTMLInputElement
          ? [...(element.labels ?? [])].map((label) => label.textContent)
          : [];
      return [element.getAttribute("aria-label") ?? "", ...labels, element.textContent ?? ""]
        .join(" ")
        .trim();
    });
    if (name.test(found)) return;
  }
  throw new Error(`Tab never reached ${String(name)}`);
}

test("two seats are bought in the list view with keys alone", async ({ page, organizer }) => {
  const title = `The Glass Orchard ${randomUUID().slice(0, 8)}`;
  await ownEvent(organizer, { title });
  await signedUp(page);
  // What was put on sale a moment ago is in the programme within seconds.
  await expect(async () => {
    await page.goto(`/?q=${encodeURIComponent(title)}`);
    await expect(page.getByRole("link", { name: title })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, /On sale/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: /^Choose seats/ })).toBeVisible();
  await tabTo(page, /^Choose seats/);
  await page.keyboard.press("Enter");
  await waitForMap(page);

  await tabTo(page, /^List$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /\d free$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Row .*[2-9]\d* of \d+ free$/);
  await page.keyboard.press("Enter");
  for (const chosen of ["Hold 1 seat", "Hold 2 seats"]) {
    await tabTo(page, /Seat \w+/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: chosen })).toBeVisible();
  }
  await expect(page.getByRole("button", { name: /Seat/, pressed: true })).toHaveCount(2);
  await picture(page, "09-list-view");
  await tabTo(page, /^Hold 2 seats$/);
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
  await tabTo(page, /^Pay /);
  await page.keyboard.press("Enter");
  await expectTickets(page, 2);
});

test("the map moves and zooms with keys, and the list is one key away from it", async ({ page }) => {
  await openSeats(page, { slug: "the-glass-orchard" });
  const map = page.getByRole("img", { name: /^Seat map/ });
  await map.focus();
  const whole = page.getByRole("button", { name: "Whole plan" });
  await expect(whole).toBeHidden();
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowRight");
  await expect(whole).toBeVisible();
  await page.keyboard.press("Home");
  await expect(whole).toBeHidden();
});

import { randomUUID } from "node:crypto";
import { exportLayout } from "@onsale/core/layout/export/export-layout";
import { generateStadium } from "@onsale/core/layout/generate/stadium";
import { expect } from "@playwright/test";
import { picture, signedUp, signIn, waitForMap } from "./fan.ts";
import { ORGANIZER, test } from "./test.ts";

/** As large as the largest real layout that anybody has tried here, and made by ourselves. */
const STADIUM_SEATS = 39_616;

test("an organizer imports a layout, creates an event, prices it and opens the sale", async ({ page }) => {
  const stadium = exportLayout(generateStadium(STADIUM_SEATS), "onsale");
  const seats = STADIUM_SEATS.toLocaleString("en");
  const title = `Winter Match ${randomUUID().slice(0, 8)}`;
  await signIn(page, { ...ORGANIZER, next: "/admin" });
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await picture(page, "10-portal");

  await page.getByRole("link", { name: "Layouts" }).click();
  await page.getByRole("link", { name: "Import a layout" }).click();
  await page
    .getByLabel("Seating plan")
    .setInputFiles({ name: "stadium.json", mimeType: "application/json", buffer: Buffer.from(stadium) });
  await expect(page.getByText(new RegExp(`is good: ${seats} seats`))).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill(title);
  await page.getByRole("button", { name: "Save this layout" }).click();
  await expect(page.getByText(new RegExp(`^Saved: ${seats} seats`))).toBeVisible();
  await picture(page, "11-layout");

  await page.getByRole("link", { name: "New event with it" }).click();
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByLabel("Genre").fill("Football");
  await page.getByLabel("Seat layout").selectOption({ label: `${title} (${seats} places)` });
  await page.getByLabel("Starts").fill("2099-06-01T20:00");
  await page.getByRole("button", { name: "Create the event" }).click();
  await expect(page.getByRole("heading", { name: title })).toBeVisible();

  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Publish a price list.")).toBeVisible();

  const cells = page.getByPlaceholder("not sold");
  await expect(cells.first()).toBeVisible();
  for (let cell = 0; cell < (await cells.count()); cell++) await cells.nth(cell).fill(`${90 - cell * 15}.00`);
  await page.getByLabel("Service fee", { exact: true }).fill("2.50");
  await picture(page, "12-prices");
  await page.getByRole("button", { name: "Publish these prices" }).click();
  await expect(page.getByText("Version 1 is in force.")).toBeVisible();

  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("button", { name: "Open the sale" }).click();
  await expect(page.getByRole("button", { name: "Pause the sale" })).toBeVisible();

  await page.getByRole("link", { name: "Public page" }).click();
  await page.getByRole("link", { name: /^Choose seats, from/ }).click();
  await waitForMap(page);
  await picture(page, "13-seat-map-39616");
  const map = page.getByRole("img", { name: /^Seat map/ });
  for (let step = 0; step < 3; step++) await map.press("+");
  await expect(page.getByRole("button", { name: "Whole plan" })).toBeVisible();
  for (let step = 0; step < 6; step++) await map.press("ArrowUp");
  await picture(page, "14-seat-map-39616-near");
});

test("a file with faults is refused with the list of them and nothing is saved", async ({
  organizer: { page },
}) => {
  await page.goto("/admin/layouts/import");
  const faulty = "Category,Sector,Row,Number\r\nA,A,1,1\r\nA,A,1,1\r\nA,A,1,2";
  await page
    .getByLabel("Seating plan")
    .setInputFiles({ name: "faulty.csv", mimeType: "text/csv", buffer: Buffer.from(faulty) });
  await expect(page.getByText(/has \d+ faults?\. Nothing was saved/)).toBeVisible();
  await expect(
    page.getByRole("list", { name: "Faults in the file" }).getByRole("listitem").first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Save this layout" })).toBeHidden();
});

test("a fan does not get into the portal", async ({ page }) => {
  await signedUp(page);
  await page.goto("/admin/events");
  await expect(page.getByText("That page is for the organizer's team.")).toBeVisible();
});

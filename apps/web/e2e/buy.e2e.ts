import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import {
  expectTickets,
  findFreeSeat,
  holdSelection,
  newFan,
  openSeats,
  picture,
  signedUp,
  signUpHere,
  waitForMap,
} from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

test("a newcomer finds an event, chooses two seats on the map, signs up, pays and has tickets with codes", async ({
  page,
  organizer,
}) => {
  const word = randomUUID().slice(0, 8);
  await ownEvent(organizer, { title: `The Glass Orchard ${word}` });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "The programme" })).toBeVisible();
  await picture(page, "01-programme");

  const found = page.getByRole("link", { name: new RegExp(`${word}.*On sale$`) });
  // What was put on sale a moment ago is in the programme within seconds.
  await expect(async () => {
    await page.getByRole("searchbox").fill(`theatre ${word}`);
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByRole("status").filter({ hasText: /\d events?/ })).toBeVisible();
    await expect(found).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await found.click();
  const choose = page.getByRole("link", { name: /^Choose seats/ });
  await expect(choose).toBeVisible();
  await picture(page, "02-event");

  await choose.click();
  await waitForMap(page);
  await picture(page, "03-seat-map");
  const first = await findFreeSeat(page, { x: 0.3, y: 0.35 });
  await page.mouse.click(first.x, first.y);
  await expect(page.getByRole("button", { name: "Hold 1 seat" })).toBeVisible();
  const second = await findFreeSeat(page, { x: 0.35, y: 0.36 });
  await page.mouse.click(second.x, second.y);
  await expect(page.getByRole("button", { name: "Hold 2 seats" })).toBeVisible();
  await picture(page, "04-selection");

  await page.getByRole("button", { name: "Hold 2 seats" }).click();
  await expect(page.getByText("Your selection is remembered")).toBeVisible();
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByRole("heading", { name: "Create an account" })).toBeVisible();
  await signUpHere(page, newFan());
  await waitForMap(page);
  await holdSelection(page);

  await expect(page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
  await expect(page.getByText(/\d:\d\d left/)).toBeVisible();
  await picture(page, "05-checkout");
  const pay = page.getByRole("button", { name: /^Pay / });
  const amount = (await pay.innerText()).replace("Pay ", "");
  await pay.click();

  await expectTickets(page, 2);
  await expect(page.getByText(amount).last()).toBeVisible();
  await picture(page, "06-order");

  await page.getByRole("link", { name: "My tickets", exact: true }).click();
  await expect(page.getByRole("img", { name: /^Code of/ })).toHaveCount(2);
  await picture(page, "07-tickets");
});

test("a payment that the bank wants confirmed is confirmed there and comes back with tickets", async ({
  page,
  organizer,
}) => {
  await signedUp(page);
  await openSeats(page, await ownEvent(organizer));
  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
  await page.getByRole("radio", { name: "Card with a 3-D Secure step" }).check();
  await page.getByRole("button", { name: /^Pay / }).click();
  await expect(page.getByText("Sandbox bank")).toBeVisible();
  await picture(page, "08-bank");
  await page.getByRole("button", { name: /^Approve/ }).click();
  await expectTickets(page, 2);
});

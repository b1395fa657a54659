import { expect } from "@playwright/test";
import { expectTickets, openSeats, picture, signedUp } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

test("seats that are added to held ones are paid for together, and their time is in sight on every page", async ({
  page,
  organizer,
}) => {
  await signedUp(page);
  const event = await ownEvent(organizer);
  const find = page.getByRole("button", { name: "Find and hold seats" });
  const pay = page.getByRole("button", { name: /^Pay \d/ });
  await openSeats(page, event);
  await find.click();
  await expect(pay).toBeVisible();
  await openSeats(page, event);
  const hold = page.getByRole("complementary", { name: "What you hold" });
  await expect(hold.getByText(/^2 places for/)).toBeVisible();
  await find.click();
  await expect(page.getByRole("listitem").filter({ hasText: "Row" })).toHaveCount(4);
  await expect(pay).toBeVisible();
  for (const path of ["/", `/events/${event.slug}`, "/tickets", "/account"]) {
    await page.goto(path);
    await expect(hold.getByText(/^4 places for/)).toBeVisible();
    await expect(hold.getByText(/^\d:\d\d left$/)).toBeVisible();
  }
  await picture(page, "10-hold");
  await hold.getByRole("link", { name: "Pay now" }).click();
  await pay.click();
  await expectTickets(page, 4);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "The programme" })).toBeVisible();
  await expect(hold).toHaveCount(0);
});

import { expect } from "@playwright/test";
import { expectTickets, picture, signedInFan } from "./fan.ts";
import { type OwnEvent, ownEvent } from "./own-event.ts";
import { type Organizer, test } from "./test.ts";

/** Seats of the demo's theatre, which has no standing places. */
const SEATS = 988;

/** An event whose seats are all the organizer's own. */
async function soldOutEvent(organizer: Organizer): Promise<OwnEvent> {
  const event = await ownEvent(organizer, { title: "Nothing Left" });
  await organizer.mutate("admin.events.setBlocked", {
    eventId: event.id,
    seatNos: Array.from({ length: SEATS }, (_, seatNo) => seatNo),
    blocked: true,
    reason: "a sold-out night",
  });
  return event;
}

test("a fan waits for a sold-out event, is offered seats that come back, and pays for them", async ({
  browser,
  organizer,
}) => {
  const { slug, id: eventId } = await soldOutEvent(organizer);
  const { page, email } = await signedInFan(browser, "Wilma Waits");
  await expect(async () => {
    await page.goto(`/events/${slug}`);
    await expect(page.getByRole("link", { name: "Join the waitlist" })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await page.getByRole("link", { name: "Join the waitlist" }).click();
  await expect(page.getByRole("heading", { name: "Wait for seats that come back" })).toBeVisible();
  await picture(page, "24-waitlist-join");
  await page.getByRole("button", { name: "Join the waitlist" }).click();
  await expect(page.getByText("You are next.")).toBeVisible();

  await test.step("the organizer sees who waits and for what", async () => {
    const { page: desk } = organizer;
    await desk.goto(`/admin/events/${eventId}/waitlist`);
    const row = desk.getByRole("row", { name: email });
    await expect(row).toContainText("2 × Adult, side by side, any price level");
    await expect(row).toContainText("Waiting");
    await expect(desk.getByText("Any price level").first()).toBeVisible();
    await picture(desk, "26-waitlist-desk");
  });

  await organizer.mutate("admin.events.setBlocked", {
    eventId,
    seatNos: [10, 11],
    blocked: false,
    reason: "two seats came back",
  });
  await expect(page.getByRole("heading", { name: "Seats for you" })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, "25-waitlist-offer-phone");
  await page.getByRole("link", { name: /^Go on to pay \d/ }).click();
  await page.getByRole("button", { name: /^Pay / }).click();
  await expectTickets(page, 2);
});

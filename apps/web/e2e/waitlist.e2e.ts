import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { expectTickets, picture } from "./fan.ts";
import { type Organizer, signedInFan, signInOrganizer } from "./line-event.ts";

/** Seats of the demo's theatre, which has no standing places. */
const SEATS = 988;

/** A copy of one of the demo's events whose seats are all the organizer's own. */
async function soldOutEvent(organizer: Organizer): Promise<{ slug: string; eventId: unknown }> {
  const { event, priceList } = (await organizer.query("admin.events.get", {
    idOrSlug: "the-glass-orchard",
  })) as { event: Record<string, unknown>; priceList: unknown };
  const { id: _id, state: _state, venue, priceVersion: _version, detailsVersion: _details, ...draft } = event;
  const slug = `nothing-left-${randomUUID().slice(0, 8)}`;
  const { id: eventId } = await organizer.mutate("admin.events.create", {
    ...draft,
    venueId: (venue as { id: string }).id,
    title: "Nothing Left",
    slug,
    saleWindows: [],
  });
  await organizer.mutate("admin.events.publishPrices", { eventId, version: 0, priceList });
  await organizer.mutate("admin.events.move", { eventId, to: "published" });
  await organizer.mutate("admin.events.move", { eventId, to: "on_sale" });
  const seatNos = Array.from({ length: SEATS }, (_, seatNo) => seatNo);
  await organizer.mutate("admin.events.setBlocked", {
    eventId,
    seatNos,
    blocked: true,
    reason: "a full house",
  });
  return { slug, eventId };
}

test("a fan waits for a sold-out event, is offered seats that come back, and pays for them", async ({
  browser,
}) => {
  const organizer = await signInOrganizer(browser);
  const { slug, eventId } = await soldOutEvent(organizer);
  const { page, email } = await signedInFan(browser, "Wilma Waits");
  await expect(async () => {
    await page.goto(`/events/${slug}`);
    await expect(page.getByRole("link", { name: "Join the waitlist" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("link", { name: "Join the waitlist" }).click();
  await expect(page.getByRole("heading", { name: "Wait for seats that come back" })).toBeVisible();
  await picture(page, "24-waitlist-join");
  await page.getByRole("button", { name: "Join the waitlist" }).click();
  await expect(page.getByText("You are next.")).toBeVisible();

  await test.step("the organizer sees who waits and for what", async () => {
    const { page: desk } = organizer;
    await desk.goto(`/admin/events/${String(eventId)}/waitlist`);
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
  await expect(page.getByRole("heading", { name: "Seats for you" })).toBeVisible({ timeout: 60_000 });
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, "25-waitlist-offer-phone");
  await page.getByRole("link", { name: /^Go on to pay \d/ }).click();
  await page.getByRole("button", { name: /^Pay / }).click();
  await expectTickets(page, 2);
});

import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { type Organizer, signInOrganizer } from "./line-event.ts";

/** A copy of one of the demo's events, on sale, with its percent fee. */
async function runningSale(organizer: Organizer): Promise<{ id: string; slug: string }> {
  const { event, priceList } = (await organizer.query("admin.events.get", { idOrSlug: "tidelines" })) as {
    event: Record<string, unknown>;
    priceList: Record<string, unknown>;
  };
  const { id: _id, state: _state, venue, priceVersion: _version, detailsVersion: _details, ...draft } = event;
  const slug = `tidelines-${randomUUID().slice(0, 8)}`;
  const venueId = (venue as { id: string }).id;
  const created = await organizer.mutate("admin.events.create", { ...draft, venueId, slug, saleWindows: [] });
  const id = String(created["id"]);
  const fees = [{ kind: "percent", key: "service", label: "Service fee", per: "ticket", bps: 875 }];
  await organizer.mutate("admin.events.publishPrices", {
    eventId: id,
    version: 0,
    priceList: { ...priceList, fees },
  });
  await organizer.mutate("admin.events.move", { eventId: id, to: "published" });
  await organizer.mutate("admin.events.move", { eventId: id, to: "on_sale" });
  return { id, slug };
}

test("prices that nobody touched are not published again, and a change says what it does first", async ({
  browser,
}) => {
  const organizer = await signInOrganizer(browser);
  const { page } = organizer;
  const { id } = await runningSale(organizer);
  await page.goto(`/admin/events/${id}`);
  const publish = page.getByRole("button", { name: "Publish as version 2" });
  await expect(publish).toBeDisabled();
  const fee = page.getByLabel("Service fee", { exact: true });
  await expect(fee).toHaveValue("8.75");
  await fee.fill("10");
  await expect(page.getByText(/^The cheapest whole price goes from .* more\. The dearest/)).toBeVisible();
  await fee.fill("8.75");
  await expect(publish).toBeDisabled();
  await fee.fill("10");
  await publish.click();
  await expect(page.getByText("Version 2 is in force. Nothing above differs from it.")).toBeVisible();
});

test("a line for a running sale asks twice, and can be removed again", async ({ browser }) => {
  const organizer = await signInOrganizer(browser);
  const { page } = organizer;
  const { id } = await runningSale(organizer);
  await page.goto(`/admin/events/${id}/line`);
  await expect(page.getByText("Setting up a line stops it at once.")).toBeVisible();
  await page.getByRole("button", { name: "Set up this line" }).click();
  const again = page.getByRole("button", { name: "Press again: stop the sale and set up the line" });
  await expect(again).toBeVisible();
  expect(await organizer.query("admin.lines.list", { eventId: id })).toEqual([]);
  await again.click();
  await expect(page.getByTestId("line-state")).toHaveText("Not open yet");
  await page.getByRole("button", { name: "Remove this line" }).click();
  await page.getByRole("button", { name: "Press again to remove it" }).click();
  await expect(page.getByRole("button", { name: "Set up this line" })).toBeVisible();
  expect(await organizer.query("admin.lines.list", { eventId: id })).toEqual([]);
});

test.describe("where clocks have twelve hours", () => {
  test.use({ locale: "en-US" });

  test("the table of sale windows shows whole dates, and a line's page leads to its presales", async ({
    browser,
  }) => {
    const organizer = await signInOrganizer(browser);
    const { page } = organizer;
    const { id } = await runningSale(organizer);
    await page.goto(`/admin/events/${id}`);
    await page.getByRole("button", { name: "Add a window" }).click();
    const opens = page.getByLabel("Window 1 opens");
    await opens.fill("2027-12-28T10:30");
    // As wide as the browser itself would make it.
    const [width, needed] = await opens.evaluate((input) => {
      const free = input.cloneNode() as HTMLInputElement;
      free.style.width = "auto";
      input.parentElement?.append(free);
      const widths = [input.getBoundingClientRect().width, free.getBoundingClientRect().width];
      free.remove();
      return widths;
    });
    expect(width).toBeGreaterThanOrEqual(Number(needed) - 24);
    await page.getByLabel("Window 1 closes").fill("2027-12-29T10:30");
    await page.getByLabel("Kind of window 1").selectOption("presale");
    await page.getByLabel("Name of window 1").fill("Friends");
    await page.getByRole("button", { name: "Save the details" }).click();
    await expect(page.getByRole("link", { name: "Presales" })).toBeVisible();
    await page.goto(`/admin/events/${id}/line`);
    await page.getByRole("link", { name: "Presales" }).click();
    await expect(page.getByRole("heading", { name: "Presales" })).toBeVisible();
  });
});

import { expect } from "@playwright/test";
import { ownEvent } from "./own-event.ts";
import { type Organizer, test } from "./test.ts";

/** An event on sale, with a percent fee. */
const runningSale = (organizer: Organizer) =>
  ownEvent(organizer, {
    like: "tidelines",
    prices: { fees: [{ kind: "percent", key: "service", label: "Service fee", per: "ticket", bps: 875 }] },
  });

test("prices that nobody touched are not published again, and a change says what it does first", async ({
  organizer,
}) => {
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

test("a line for a running sale asks twice, and can be removed again", async ({ organizer }) => {
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
    organizer,
  }) => {
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

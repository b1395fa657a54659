import { expect, type Page } from "@playwright/test";
import { openSeats, signedUp } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { type Organizer, test } from "./test.ts";

/** A signed-in fan on the map of an event on sale. */
async function atTheMap(page: Page, organizer: Organizer): Promise<void> {
  await signedUp(page);
  await openSeats(page, await ownEvent(organizer));
}
const find = (page: Page) => page.getByRole("button", { name: "Find and hold seats" });
const payButton = (page: Page) => page.getByRole("button", { name: /^Pay / });

test("seats whose answer was lost are found by pressing again, not asked for a second time", async ({
  page,
  organizer,
}) => {
  await atTheMap(page, organizer);
  const held: string[] = [];
  await page.route(/hold\.bestAvailable/, async (route) => {
    const answer = await route.fetch();
    if (answer.ok()) held.push(...((await answer.text()).match(/"id":"[0-9a-f-]{36}"/) ?? []));
    // A challenge goes through. The first time the server has done it, what it says gets lost.
    await (answer.ok() && held.length === 1 ? route.abort() : route.fulfill({ response: answer }));
  });
  await find(page).click();
  await expect(page.getByText("The connection broke.")).toBeVisible();
  await find(page).click();
  await expect(payButton(page)).toBeVisible();
  expect(held).toHaveLength(2);
  expect(new Set(held).size).toBe(1);
});

test("while a payment has no answer, nothing says that the seats went back and that nothing was charged", async ({
  page,
  organizer,
}) => {
  await page.clock.install();
  await atTheMap(page, organizer);
  await find(page).click();
  await expect(payButton(page)).toBeVisible();
  await page.route(/checkout\.start/, () => undefined);
  await payButton(page).click();
  await page.clock.fastForward("20:00");
  await expect(page.getByText("The connection broke.")).toBeVisible();
  await expect(payButton(page)).toBeEnabled();
  await expect(page.getByText(/given back|ran out/)).toHaveCount(0);
});

test("a checkout whose seats are not held any more says so and offers no payment, whatever it counts down", async ({
  page,
  context,
  organizer,
}) => {
  await atTheMap(page, organizer);
  await find(page).click();
  await expect(payButton(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole("button", { name: "Let these seats go" }).click();
  await expect(other.getByRole("heading", { name: "Nothing is held for you." })).toBeVisible();
  await payButton(page).click();
  await expect(
    page.getByRole("heading", { name: "These seats are not held for you any more." }),
  ).toBeVisible();
  await expect(payButton(page)).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Choose seats again" })).toBeVisible();
});

test("seats that were let go do not come back with an answer from before", async ({ page, organizer }) => {
  await atTheMap(page, organizer);
  const letGo = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  await page.route(/hold\.mine/, async (route) => {
    const response = await route.fetch();
    if (!new URL(page.url()).pathname.startsWith("/checkout/")) return route.fulfill({ response });
    await letGo.promise;
    await route.fulfill({ response });
    answered.resolve();
  });
  await find(page).click();
  await expect(payButton(page)).toBeVisible();
  await page.getByRole("button", { name: "Let these seats go" }).click();
  const gone = page.getByRole("heading", { name: "Nothing is held for you." });
  await expect(gone).toBeVisible();
  letGo.resolve();
  await answered.promise;
  // Reads that were made after it prove that it was handled.
  for (let read = 0; read < 3; read++) await page.evaluate(() => fetch("/healthz"));
  await expect(gone).toBeVisible();
  await expect(payButton(page)).toHaveCount(0);
});

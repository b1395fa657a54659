import { expect, type Page } from "@playwright/test";
import { expectTickets, openSeats, signedUp, waitForMap } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { type Organizer, test } from "./test.ts";

/** A fan in the checkout with two seats of an event on sale. */
async function inCheckout(page: Page, organizer: Organizer): Promise<void> {
  await signedUp(page);
  await openSeats(page, await ownEvent(organizer));
  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
}
const payButton = (page: Page) => page.getByRole("button", { name: /^Pay / });

async function secondsLeft(page: Page): Promise<number> {
  const words = await page.getByText(/^\d:\d\d left$/).innerText();
  const [minutes = 0, seconds = 0] = words.replace(" left", "").split(":").map(Number);
  return minutes * 60 + seconds;
}

test("after paying, Back never offers to pay again", async ({ page, organizer }) => {
  await inCheckout(page, organizer);
  const checkout = page.url();
  await payButton(page).click();
  await expectTickets(page, 2);
  await page.goBack();
  await waitForMap(page);
  await page.goto(checkout);
  await expect(page.getByRole("heading", { name: "Your order is paid." })).toBeVisible();
  await expect(payButton(page)).toHaveCount(0);
  await page.getByRole("link", { name: "See your tickets" }).click();
  await expectTickets(page, 2);
});

test("a second tab that still shows Pay is answered with the order of the first", async ({
  page,
  context,
  organizer,
}) => {
  await inCheckout(page, organizer);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(payButton(other)).toBeVisible();
  await payButton(page).click();
  await expectTickets(page, 2);
  // What the other tab asks about its hold is kept from it, as on a slow line: it goes by what it shows.
  await other.route(/hold\.mine|order\.latestIn/, (route) => route.abort());
  await payButton(other).click();
  await expectTickets(other, 2);
  expect(other.url()).toBe(page.url());
});

test("a checkout that comes back from the browser's history counts down the hold's own time", async ({
  page,
  organizer,
}) => {
  await inCheckout(page, organizer);
  const atFirst = await secondsLeft(page);
  await expect.poll(() => secondsLeft(page)).toBeLessThan(atFirst - 4);
  const before = await secondsLeft(page);
  await page.getByRole("link", { name: "Onsale" }).first().click();
  await expect(page.getByRole("heading", { name: "The programme" })).toBeVisible();
  await page.goBack();
  await expect(payButton(page)).toBeVisible();
  expect(await secondsLeft(page)).toBeLessThanOrEqual(before);
});

test("who leaves the bank finds the order being paid on the seats page, and the account on the sign-up page", async ({
  page,
  organizer,
}) => {
  await inCheckout(page, organizer);
  const seats = page.url().replace(/\/checkout\/(.*)$/, "/events/$1/seats");
  await page.getByRole("radio", { name: "Card with a 3-D Secure step" }).check();
  await payButton(page).click();
  // Not by the words "sandbox bank": the checkout's hint has them too, while the payment is still on its way.
  await expect(page.getByRole("button", { name: /^Approve/ })).toBeVisible();
  await page.goto(seats);
  await expect(page.getByText(/^Your order .* is being paid/)).toBeVisible();
  await page.getByRole("link", { name: "See the order" }).click();
  await expect(page.getByRole("heading", { name: "What you are buying" })).toBeVisible();
  await page.goto(`/sign-up?next=${encodeURIComponent("/tickets")}`);
  await expect(page.getByText("You are signed in as Nora Newcomer.")).toBeVisible();
  await page.getByRole("link", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { name: "My tickets" })).toBeVisible();
});

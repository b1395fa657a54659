import { expect, type Page } from "@playwright/test";
import { expectTickets, openSeats, picture, signedUp } from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { type Organizer, test } from "./test.ts";

/** A fan in the checkout with two seats of an event on sale. */
async function inCheckout(page: Page, organizer: Organizer) {
  const fan = await signedUp(page);
  await openSeats(page, await ownEvent(organizer));
  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(payButton(page)).toBeVisible();
  return fan;
}
const payButton = (page: Page) => page.getByRole("button", { name: /^Pay \d/ });
const method = (page: Page, name: string) => page.getByRole("radio", { name });

test("a declined card keeps the seats while their time runs, and the fan pays another way", async ({
  page,
  organizer,
}) => {
  await inCheckout(page, organizer);
  await method(page, "Card that declines").check();
  await payButton(page).click();
  await expect(page.getByRole("heading", { name: "The bank declined the payment." })).toBeVisible();
  await expect(page.getByText(/Nothing was charged. Your seats are kept until \d\d:\d\d/)).toBeVisible();
  await expect(page.getByText(/^\d:\d\d left$/)).toBeVisible();
  await picture(page, "09-declined");
  const order = page.url();
  await page.goto("/tickets");
  await expect(page.getByText(/Waiting for payment/)).toBeVisible();
  await page.getByRole("link", { name: "Pay now" }).first().click();
  await expect(page).toHaveURL(order);
  await method(page, "Card that works").check();
  await payButton(page).click();
  await expectTickets(page, 2);
});

test("what was declined is given back at the press of a button, and the page says what became of it", async ({
  page,
  organizer,
}) => {
  await inCheckout(page, organizer);
  const checkout = page.url();
  await method(page, "Card that declines").check();
  await payButton(page).click();
  await expect(page.getByRole("heading", { name: "The bank declined the payment." })).toBeVisible();
  // The checkout's address leads to the order for as long as it can be paid.
  const order = page.url();
  await page.goto(checkout);
  await expect(page).toHaveURL(order);
  await page.getByRole("button", { name: "Give the seats back" }).click();
  await expect(page.getByRole("link", { name: "Choose seats again" })).toBeVisible();
  await expect(page.getByText(/Nothing was charged/).first()).toBeVisible();
  await expect(payButton(page)).toHaveCount(0);
});

test("who comes back from the bank without an answer goes there again or pays another way", async ({
  page,
  organizer,
}) => {
  await inCheckout(page, organizer);
  const checkout = page.url();
  await method(page, "Card with a 3-D Secure step").check();
  await payButton(page).click();
  await expect(page.getByRole("button", { name: /^Approve/ })).toBeVisible();
  await page.goto(checkout);
  await expect(
    page.getByRole("heading", { name: "Your bank asks you to confirm this payment." }),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "Go to the bank" })).toBeVisible();
  await page.getByRole("button", { name: "Pay another way" }).click();
  await method(page, "Card that works").check();
  await payButton(page).click();
  await expectTickets(page, 2);
});

test("an order that waits its turn goes on by itself, and offers no Pay button beside the words not to pay again", async ({
  page,
  organizer,
}) => {
  await inCheckout(page, organizer);
  const sent: string[] = [];
  let isAway = true;
  await page.route(/checkout\.start/, async (route) => {
    sent.push(route.request().postData() ?? "");
    if (!isAway) return route.continue();
    const app = { code: "checkout.pending", details: { orderId: "00000000-0000-4000-8000-000000000001" } };
    const error = {
      message: "checkout.pending",
      code: -32603,
      data: { code: "SERVICE_UNAVAILABLE", httpStatus: 503, app },
    };
    await route.fulfill({ status: 503, json: [{ error }] });
  });
  await payButton(page).click();
  await expect(page.getByRole("heading", { name: "Your order is waiting its turn." })).toBeVisible();
  await expect(page.getByText(/Do not pay again/)).toBeVisible();
  await expect(payButton(page)).toHaveCount(0);
  isAway = false;
  await expectTickets(page, 2);
  const keys = sent.map((body) => /"idempotencyKey":"([^"]+)"/.exec(body)?.[1]);
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
});

test("a session that ends in the checkout is signed in again and finds the same seats", async ({
  page,
  context,
  organizer,
}) => {
  const fan = await inCheckout(page, organizer);
  const checkout = page.url();
  const seats = await page.getByRole("region", { name: "Seats" }).innerText();
  await context.clearCookies();
  await payButton(page).click();
  await page.getByRole("link", { name: "Sign in", exact: true }).last().click();
  await page.getByLabel("E-mail").fill(fan.email);
  await page.getByLabel("Password").fill(fan.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(checkout);
  expect(await page.getByRole("region", { name: "Seats" }).innerText()).toBe(seats);
  await payButton(page).click();
  await expectTickets(page, 2);
});

test("what is free meets no bank: no method to choose, and a button that says so", async ({
  page,
  organizer,
}) => {
  const { priceList } = await organizer.query("admin.events.get", { idOrSlug: "the-glass-orchard" });
  const { prices } = priceList as { prices: readonly object[] };
  const event = await ownEvent(organizer, {
    prices: { prices: prices.map((price) => ({ ...price, amountMinor: 0 })), seatPrices: [], fees: [] },
  });
  await signedUp(page);
  await openSeats(page, event);
  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(page.getByRole("heading", { name: "Get your tickets" })).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);
  await page.getByRole("button", { name: "Get tickets" }).click();
  await expectTickets(page, 2);
});

import { expect, type Page } from "@playwright/test";
import {
  expectTickets,
  newFan,
  type NewFan,
  openSeats,
  signedUp,
  signIn,
  signUpHere,
  waitForMap,
} from "./fan.ts";
import { ownEvent } from "./own-event.ts";
import { type Organizer, test } from "./test.ts";

const MAIN = "main#main";

/** Buys two seats, and has the page of tickets kept on the device. */
async function fanWithTickets(page: Page, organizer: Organizer): Promise<NewFan> {
  const fan = await signedUp(page);
  await openSeats(page, await ownEvent(organizer));
  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await page.getByRole("button", { name: /^Pay / }).click();
  await expectTickets(page, 2);
  await page.goto("/tickets");
  await expect(page.getByText("Kept on this device")).toBeVisible();
  return fan;
}

/** Whether anything is kept, asked without a step that could wipe it. */
const areKept = (page: Page) => page.evaluate(() => caches.has("onsale-tickets"));

test("a wheelchair place and its companion are named before paying, and tickets say whose, when and where", async ({
  page,
  organizer,
}) => {
  const fan = await signedUp(page);
  // A theatre that has wheelchair places, doors and an address.
  const event = await ownEvent(organizer);
  await page.goto(`/events/${event.slug}`);
  await page.getByRole("link", { name: /^Choose seats/ }).click();
  await waitForMap(page);
  await page.getByLabel("With a wheelchair place").check();
  await page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
  await expect(page.getByText("Wheelchair place", { exact: true })).toHaveCount(1);
  await expect(page.getByText("Companion seat", { exact: true })).toHaveCount(1);
  await page.getByRole("button", { name: /^Pay / }).click();
  await expectTickets(page, 2);
  await page.goto("/tickets");
  const tickets = page.getByRole("article", { name: /^The Glass Orchard/ });
  await expect(tickets).toHaveCount(2);
  await expect(tickets.filter({ hasText: "Wheelchair place" })).toHaveCount(1);
  for (const ticket of await tickets.all()) {
    await expect(ticket).toContainText(fan.name);
    await expect(ticket).toContainText(/Doors \d\d:\d\d/);
    await expect(ticket).toContainText("Lindenhof Theatre, Lindenhof 4, 8001 Zurich, CH");
  }
});

test("tickets kept on a device go when its fan signs out everywhere, and when another account signs in", async ({
  page,
  context,
  organizer,
}) => {
  const fan = await fanWithTickets(page, organizer);
  expect(await areKept(page)).toBe(true);
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect.poll(() => areKept(page)).toBe(false);

  await signIn(page, { ...fan, next: "/tickets" });
  await expect(page.getByText("Kept on this device")).toBeVisible();
  // The session ends without a word to this browser, and the next one at it has an account of their own.
  await context.clearCookies();
  await page.goto("/sign-up");
  const other = { ...newFan(), name: "Otto Other" };
  await signUpHere(page, other);
  await expect.poll(() => areKept(page)).toBe(false);
  await page.goto("/tickets");
  await expect(page.getByRole("button", { name: "Sign out Otto Other" })).toBeVisible();
  await expect(page.getByText(fan.name)).toHaveCount(0);
});

test("signing in and signing up say that there is no network, and send nothing then or later", async ({
  page,
  context,
}) => {
  const fan = newFan();
  for (const [path, button] of [
    ["/sign-in", "Sign in"],
    ["/sign-up", "Create account"],
  ] as const) {
    await page.goto(path);
    if (path === "/sign-up") await page.getByLabel("Name").fill(fan.name);
    await page.getByLabel("E-mail").fill(fan.email);
    await page.getByLabel("Password").fill(fan.password);
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") sent.push(request.url());
    });
    await context.setOffline(true);
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByText("You are offline. Nothing was sent.")).toBeVisible();
    await context.setOffline(false);
    // What would be sent by itself is sent on this event; a read that was made after it proves that it was handled.
    await page.evaluate(() => fetch("/healthz"));
    expect(sent).toEqual([]);
    await expect(page.getByRole("button", { name: button })).toBeEnabled();
  }
});

test("after a change of page the focus is at its content and not lost", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByRole("heading", { name: "Create an account" })).toBeVisible();
  await expect(page.locator(MAIN)).toBeFocused();
  await page.getByRole("link", { name: "Sign in", exact: true }).last().click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.locator(MAIN)).toBeFocused();
});

test("what is pressed on the pages of a line and a waitlist is 44 pixels high on a phone", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["line", "waitlist"]) {
    await page.goto(`/events/lowlands-laughing-out-loud/${path}`);
    const targets = page.locator("main").locator("a, button, summary");
    await expect(targets.first()).toBeVisible();
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      if (box) expect(box.height, `${path}: ${await target.innerText()}`).toBeGreaterThanOrEqual(44);
    }
  }
});

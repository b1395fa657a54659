import { expect, type Page } from "@playwright/test";
import { expectTickets, type FanPage, findFreeSeat, picture, signedInFan, waitForMap } from "./fan.ts";
import { drawnAfter, inLobby, joinLobby, lineEvent } from "./line-event.ts";
import { test } from "./test.ts";

const turn = (page: Page) => page.getByRole("heading", { name: "It is your turn" });

/** Who the draw put first, and who waits; told apart by what their pages say. */
async function byDraw(a: FanPage, b: FanPage): Promise<{ first: FanPage; second: FanPage }> {
  await expect(async () => {
    expect((await turn(a.page).count()) + (await turn(b.page).count())).toBe(1);
  }).toPass();
  return (await turn(a.page).count()) === 1 ? { first: a, second: b } : { first: b, second: a };
}

/** How many seats of all levels the legend of the map says are left. */
async function seatsLeft(page: Page): Promise<number> {
  const words = await page.getByRole("group", { name: "Price levels: show only" }).innerText();
  return [...words.matchAll(/(\d[\d,]*) left/g)].reduce(
    (sum, [, count = "0"]) => sum + Number(count.replaceAll(",", "")),
    0,
  );
}

test("the draw lets one in before the other, who sees the seats go while waiting and goes in next", async ({
  browser,
  organizer,
}) => {
  const [ada, ben] = await Promise.all([
    signedInFan(browser, "Ada First"),
    signedInFan(browser, "Ben Second"),
  ]);
  await drawnAfter(organizer, { cap: 1 }, async (event) => {
    await Promise.all([joinLobby(ada, event), joinLobby(ben, event)]);
    await picture(ada.page, "15-lobby");
  });

  const { first, second } = await byDraw(ada, ben);
  await expect(second.page.getByText("You go in with the next fans.", { exact: true })).toBeVisible();
  await picture(first.page, "16-turn");
  await picture(second.page, "17-waiting");

  // Who waits may look at the map, and cannot take a seat.
  await second.page.getByRole("link", { name: "Look at the seat map meanwhile" }).click();
  await waitForMap(second.page);
  await expect(second.page.getByText("You are next in the line.")).toBeVisible();
  await expect(second.page.getByRole("button", { name: "Find and hold seats" })).toBeHidden();
  const before = await seatsLeft(second.page);

  await first.page.getByRole("link", { name: "Choose seats" }).click();
  await waitForMap(first.page);
  await expect(first.page.getByText(/You have \d+ minutes to choose seats/)).toBeVisible();
  await first.page.getByRole("button", { name: "Find and hold seats" }).click();
  await expect(first.page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();

  // Seats go grey on the other's map without a reload.
  await expect(async () => expect(await seatsLeft(second.page)).toBe(before - 2)).toPass();
  await picture(second.page, "18-look-while-waiting");

  await first.page.getByRole("button", { name: /^Pay / }).click();
  await expectTickets(first.page, 2);

  // The pass went to the next fan, on whose map the seats are open now.
  await expect(second.page.getByRole("button", { name: "Find and hold seats" })).toBeVisible();
  const seat = await findFreeSeat(second.page, { x: 0.3, y: 0.35 });
  await second.page.mouse.click(seat.x, seat.y);
  await second.page.getByRole("button", { name: "Hold 1 seat" }).click();
  await expect(second.page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
});

test("keys alone lead from the lobby to the seats, two tabs are one place, and the draw can be checked", async ({
  browser,
  organizer,
}) => {
  const { page, context } = await signedInFan(browser, "Kim Keys");
  const { slug } = await drawnAfter(organizer, { cap: 5 }, async (event) => {
    await page.goto(`/events/${event.slug}/line`);
    const join = page.getByRole("button", { name: "Take part in the draw" });
    await expect(join).toBeVisible(inLobby(event));
    await join.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "You are in" })).toBeVisible(inLobby(event));

    const other = await context.newPage();
    await other.goto(`/events/${event.slug}/line`);
    await expect(other.getByRole("heading", { name: "You are in" })).toBeVisible(inLobby(event));
    await expect(other.getByText("1 fan is in the lobby.")).toBeVisible(inLobby(event));
    await other.close();
    return event;
  });

  await expect(turn(page)).toBeVisible();
  await expect(page.getByRole("link", { name: "Choose seats" })).toBeFocused();
  await expect(page).toHaveTitle(/^Your turn/);
  await expect(page.getByTestId("line-said")).toHaveText("It is your turn. Choose your seats now.");
  await page.getByRole("button", { name: "I need more time" }).press("Enter");
  await expect(page.getByText(/The door is open for you/).first()).toBeVisible();
  await page.getByRole("link", { name: "Choose seats" }).press("Enter");
  await waitForMap(page);
  await expect(page.getByText(/You have \d+ minutes to choose seats/)).toBeVisible();

  // A reload is no farewell: the pass is still there.
  await page.reload();
  await waitForMap(page);
  await expect(page.getByRole("button", { name: "Find and hold seats" })).toBeVisible();

  await page.goto(`/events/${slug}/draw`);
  await page.getByRole("button", { name: "Check the published draw" }).press("Enter");
  await expect(page.getByText("The draw follows the rule.")).toBeVisible();
  await expect(page.getByText("Both fingerprints are those that the line published before.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Your entry" })).toContainText(
    "its path leads to the published root",
  );
  await picture(page, "19-draw");
});

test("a network that is gone takes nobody's place, and the page says so calmly and comes back", async ({
  browser,
  organizer,
}) => {
  const fan = await signedInFan(browser, "Olga Offline");
  const { page, context } = fan;
  await joinLobby(fan, await lineEvent(organizer, {}));
  await context.setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByText("The connection broke. Your place is kept; reconnecting.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "You are in" })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("This page stays up to date by itself.")).toBeVisible();
});

test("closing the last tab of the sale gives the pass to the next fan", async ({ browser, organizer }) => {
  const [ada, ben] = await Promise.all([
    signedInFan(browser, "Ada Away"),
    signedInFan(browser, "Ben Behind"),
  ]);
  // A pass that would lapse by itself only long after this test.
  await drawnAfter(organizer, { cap: 1, passTtlMs: 15 * 60_000 }, (event) =>
    Promise.all([joinLobby(ada, event), joinLobby(ben, event)]),
  );
  const { first, second } = await byDraw(ada, ben);
  await first.page.getByRole("link", { name: "Choose seats" }).click();
  await waitForMap(first.page);
  await expect(first.page.getByText(/You have \d+ minutes to choose seats/)).toBeVisible();
  await first.page.close();
  await expect(turn(second.page)).toBeVisible();
});

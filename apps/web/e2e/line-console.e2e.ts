import { expect, type Page } from "@playwright/test";
import { picture, signedInFan } from "./fan.ts";
import { joinLobby, lineEvent } from "./line-event.ts";
import { test } from "./test.ts";

const PHONE = { width: 390, height: 844 };

const state = (page: Page) => page.getByTestId("line-state");
const inside = (page: Page) => page.getByTestId("figure-inside");
const done = (page: Page) => page.getByTestId("lever-done");

async function pressTwice(page: Page, name: string, again: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("button", { name: again }).click();
}

test("an organizer opens, draws, pauses and resumes a line in the console, and closes it with a typed word", async ({
  browser,
  organizer,
}) => {
  const { page } = organizer;
  const inAnHour = Date.now() + 3_600_000;
  const event = await lineEvent(organizer, {
    lobbyOpensAtMs: inAnHour,
    drawsAtMs: inAnHour + 1_800_000,
  });
  const [ada, ben] = await Promise.all([signedInFan(browser, "Ada Early"), signedInFan(browser, "Ben Late")]);
  await page.goto(`/admin/events/${event.slug}/line`);

  await test.step("the settings are open until the lobby is", async () => {
    await expect(state(page)).toHaveText("Not open yet");
    await page.getByLabel("Cap: inside at once").fill("1");
    await page.getByRole("button", { name: "Save the settings" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await page.locator("h1").scrollIntoViewIfNeeded();
    await picture(page, "21-line-settings");
    await pressTwice(page, "Open the lobby now", "Press again to open the lobby");
    await expect(state(page)).toHaveText("Lobby");
    await expect(page.getByRole("button", { name: "Save the settings" })).toBeHidden();
    await expect(page.getByText("Fixed since the lobby opened")).toBeVisible();
  });

  await test.step("fans who join are counted within seconds", async () => {
    await Promise.all([joinLobby(ada, event), joinLobby(ben, event)]);
    await expect(page.getByTestId("figure-waiting")).toHaveText("2");
  });

  await test.step("the draw lets one in under a cap of one, with its wave and reason", async () => {
    await pressTwice(page, "Draw now", "Press again to close the lobby and draw");
    await expect(state(page)).toHaveText("Open");
    await expect(inside(page)).toHaveText("1 / 1");
    await expect(page.getByRole("row").filter({ hasText: "100 %" }).first()).toBeVisible();
    await picture(page, "22-release-console");
  });

  await test.step("paused, nobody goes in although there is room", async () => {
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await expect(state(page)).toHaveText("Paused");
    await page.getByRole("spinbutton", { name: "Cap: inside at once" }).fill("2");
    await page.keyboard.press("Enter");
    await expect(done(page)).toContainText("The cap is 2.");
    const nowAt = async () => {
      const { now } = await organizer.query("admin.lines.live", { lineId: event.lineId });
      return (now as { atMs: number }).atMs;
    };
    const from = await nowAt();
    await expect.poll(nowAt).toBeGreaterThan(from + 4_000);
    await expect(inside(page)).toHaveText("1 / 2");
  });

  await test.step("resumed, the second goes in", async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await expect(state(page)).toHaveText("Open");
    await expect(inside(page)).toHaveText("2 / 2");
    const size = page.viewportSize();
    await page.setViewportSize(PHONE);
    await picture(page, "23-release-console-phone");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    if (size) await page.setViewportSize(size);
  });

  await test.step("a lever pressed on an older sight is refused and says who was there before", async () => {
    const { line } = await organizer.query("admin.lines.live", { lineId: event.lineId });
    const looks = "**/admin.lines.live**";
    const cut = page.waitForEvent("requestfailed", (request) => request.url().includes("admin.lines.live"));
    await page.route(looks, (route) => route.abort());
    await cut;
    const { settingsVersion: version } = line as { settingsVersion: number };
    const lever = { lineId: event.lineId, version, levers: { inflowPerSecond: 7 } };
    await organizer.mutate("admin.lines.levers", lever);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    const refusal = page.getByText("The line changed before you pressed. Nothing of yours was done.");
    await expect(refusal).toBeVisible();
    await expect(page.getByText(": the inflow")).toBeVisible();
    await picture(page, "24-lever-too-late");
    await page.unroute(looks);
    await expect(page.getByRole("spinbutton", { name: "Inflow: let in per second" })).toHaveValue("7");
    await expect(state(page)).toHaveText("Open");
  });

  await test.step("closing asks for its word, and a key alone pulls no lever", async () => {
    await page.locator("h1").click();
    await page.keyboard.press("p");
    await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeFocused();
    await expect(state(page)).toHaveText("Open");
    await page.getByRole("button", { name: "Close the line" }).click();
    const confirm = page.getByRole("button", { name: "Close it" });
    await expect(confirm).toBeDisabled();
    await page.getByLabel("Type “close” to confirm").fill("close");
    await confirm.click();
    await expect(state(page)).toHaveText("Closed");
    await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeHidden();
  });
});

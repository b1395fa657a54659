import { expect, type Page } from "@playwright/test";
import { openDemoEvent, picture } from "./fan.ts";
import { test } from "./test.ts";

const LONG_TITLE = "An Evening of Unaccompanied Voices from the Northern Islands, with Guests and Readings ";

async function isWholeInView(page: Page): Promise<void> {
  const action = page.getByRole("link", { name: /^Choose seats/ });
  await expect(action).toBeVisible();
  const box = await action.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(box && box.y > 0 && box.y + box.height <= height, `${JSON.stringify(box)} in ${height}`).toBe(true);
  // And no other part of the page lies over it.
  await action.click({ trial: true });
}

for (const viewport of [
  { width: 375, height: 553 },
  { width: 390, height: 844 },
  { width: 320, height: 480 },
]) {
  test(`the way to the seats is in view without scrolling at ${viewport.width}x${viewport.height}, however long the title`, async ({
    page,
  }) => {
    await page.setViewportSize(viewport);
    await openDemoEvent(page);
    await isWholeInView(page);
    await picture(page, `event-${viewport.width}x${viewport.height}`);
    await page.getByRole("heading", { level: 1 }).evaluate((title, text) => {
      title.textContent = text.repeat(2);
    }, LONG_TITLE);
    await isWholeInView(page);
  });
}

test("on a phone the way to the seats takes its own place once the page is scrolled to it", async ({
  page,
}) => {
  await page.setViewportSize({ width: 375, height: 553 });
  await openDemoEvent(page);
  await page.getByText(/are held for/).evaluate((text) => text.scrollIntoView({ block: "end" }));
  const boxes = await Promise.all(
    [
      page.getByText(/tickets? per fan/),
      page.getByRole("link", { name: /^Choose seats/ }),
      page.getByText(/are held for/),
    ].map((part) => part.boundingBox()),
  );
  const [facts, action, small] = boxes.map((box) => ({
    top: box?.y ?? Number.NaN,
    bottom: (box?.y ?? Number.NaN) + (box?.height ?? 0),
  }));
  expect(action?.top).toBeGreaterThanOrEqual(facts?.bottom ?? Number.NaN);
  expect(small?.top).toBeGreaterThanOrEqual(action?.bottom ?? Number.NaN);
});

import { type CDPSession, expect, type Page } from "@playwright/test";
import { newFan, signUpHere, waitForMap } from "./fan.ts";
import { still, tap, watchFrames } from "./map.ts";
import { ownEvent } from "./own-event.ts";
import { test } from "./test.ts";

/** Fans on a phone, by real touch events: what a finger presses on the map, and what stands where it lifts. */
test.use({ hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

const FIRST_PICKS = 40;
/** As many as one fan may have at the demo's theatre. */
const MOST = 6;
const ARENA = "/events/northern-static-signal-fires/seats";
const THEATRE = "/events/tidelines/seats";
const PHONES = [
  { width: 390, height: 844 },
  { width: 375, height: 553 },
];

async function openMap(page: Page, path: string): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  await watchFrames(page);
  await page.goto(path);
  await waitForMap(page);
  // Every press and click that reaches anything but the map.
  await page.evaluate(() => {
    const elsewhere: string[] = [];
    Object.assign(globalThis, { elsewhere });
    for (const type of ["click", "mousedown"])
      document.addEventListener(
        type,
        ({ target }) => {
          if (target instanceof Element && target.getAttribute("role") !== "img")
            elsewhere.push(`${type} ${target.tagName} ${target.textContent}`);
        },
        true,
      );
  });
  return cdp;
}

const pressedElsewhere = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { elsewhere: string[] }).elsewhere);

async function mapBox(page: Page) {
  const box = await page.getByRole("img", { name: /^Seat map/ }).boundingBox();
  if (!box) throw new Error("the map is not on the page");
  return box;
}

/** Taps a section, which brings its seats near. In the arena one of the outer ring, far from the standing areas. */
async function comeNear(page: Page, cdp: CDPSession, path: string): Promise<void> {
  const box = await mapBox(page);
  const side = Math.min(box.width, box.height) * 0.92;
  const spot = path === ARENA ? { x: -0.45, y: 0 } : { x: 0, y: 0.12 };
  await tap(cdp, {
    x: box.x + box.width / 2 + spot.x * side,
    y: box.y + box.height / 2 + spot.y * side,
  });
  await still(page);
  await expect(page.getByRole("button", { name: "Whole plan" })).toBeVisible();
}

const holdButton = (page: Page) => page.getByRole("button", { name: /^Hold 1 seat$/ });

for (const viewport of PHONES) {
  test.describe(`at ${viewport.width}x${viewport.height}`, () => {
    test.use({ viewport });

    test("forty first picks by touch press nothing but the seat, and the map stays where it was", async ({
      page,
    }) => {
      const cdp = await openMap(page, ARENA);
      await comeNear(page, cdp, ARENA);
      const box = await mapBox(page);
      let picks = 0;
      for (let at = 0; picks < FIRST_PICKS && at < 400; at++) {
        // Spread over the whole map, its lower edge as well: that is where a selection would open.
        const spot = {
          x: box.x + box.width * (0.08 + 0.84 * ((at * 0.618) % 1)),
          y: box.y + box.height * (0.04 + 0.92 * ((at * 0.382) % 1)),
        };
        await tap(cdp, spot);
        await still(page);
        if (!(await holdButton(page).isVisible())) continue;
        picks++;
        expect(await mapBox(page)).toEqual(box);
        // The same seat again lets it go, so that the next pick is a first one.
        await tap(cdp, spot);
        await expect(holdButton(page)).toBeHidden();
      }
      expect(picks).toBe(FIRST_PICKS);
      expect(await pressedElsewhere(page)).toEqual([]);
    });

    test("a press that moves is a pan and picks nothing", async ({ page }) => {
      const cdp = await openMap(page, ARENA);
      await comeNear(page, cdp, ARENA);
      const box = await mapBox(page);
      const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [from] });
      for (let step = 1; step <= 12; step++)
        await cdp.send("Input.dispatchTouchEvent", {
          type: "touchMove",
          touchPoints: [{ x: from.x - step * 4, y: from.y - step * 3 }],
        });
      await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await still(page);
      await expect(holdButton(page)).toBeHidden();
    });

    test("the sheet lists every chosen seat and leaves the map its place", async ({ page }) => {
      const cdp = await openMap(page, THEATRE);
      await comeNear(page, cdp, THEATRE);
      const box = await mapBox(page);
      expect(box.height).toBeGreaterThan(viewport.height * 0.4);
      const chosen = page.getByRole("button", { name: /^Let go of/ });
      const places = async () => Number(/\d+/.exec(await handle.innerText())?.[0] ?? 0);
      const handle = page.getByRole("button", { name: /Choose your seats|seats?/ }).last();
      for (let at = 0; at < 200 && (await places()) < MOST; at++) {
        const before = await places();
        const spot = {
          x: box.x + box.width * (0.1 + 0.8 * ((at * 0.618) % 1)),
          y: box.y + box.height * (0.1 + 0.8 * ((at * 0.382) % 1)),
        };
        await tap(cdp, spot);
        await still(page);
        // A seat met twice is let go; it is taken again.
        if ((await places()) < before) await tap(cdp, spot);
      }
      await page.locator("[aria-controls='selection-sheet']").tap();
      await expect(chosen).toHaveCount(MOST);
      for (const line of await chosen.all()) await expect(line).toBeInViewport({ ratio: 1 });
      expect(await mapBox(page)).toEqual(box);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a tap beside the seats never takes one further away", async ({ page }) => {
    const cdp = await openMap(page, ARENA);
    await comeNear(page, cdp, ARENA);
    const box = await mapBox(page);
    for (let at = 0; at < 60; at++) {
      await tap(cdp, {
        x: box.x + box.width * ((at * 0.618) % 1),
        y: box.y + box.height * ((at * 0.382) % 1),
      });
      await still(page);
      await expect(page.getByRole("button", { name: "Whole plan" })).toBeVisible();
    }
  });

  test("a total above the prices on the map says in the bar what is charged once per order", async ({
    page,
  }) => {
    const cdp = await openMap(page, THEATRE);
    await comeNear(page, cdp, THEATRE);
    const box = await mapBox(page);
    for (let at = 0; at < 100 && !(await holdButton(page).isVisible()); at++) {
      await tap(cdp, {
        x: box.x + box.width * (0.1 + 0.8 * ((at * 0.618) % 1)),
        y: box.y + box.height * (0.1 + 0.8 * ((at * 0.382) % 1)),
      });
      await still(page);
    }
    const handle = page.locator("[aria-controls='selection-sheet']");
    await expect(handle).toHaveText(/2\.00 CHF of it per order/);
    await handle.tap();
    await expect(page.locator("#selection-sheet").getByText("Once per order")).toBeInViewport({ ratio: 1 });
    await expect(handle).toHaveText(/Back to the map/);
  });

  test("best together asked for without an account is asked again as it was after signing up", async ({
    page,
    organizer,
  }) => {
    const { slug } = await ownEvent(organizer, { like: "tidelines" });
    await openMap(page, `/events/${slug}/seats`);
    await page.locator("[aria-controls='selection-sheet']").tap();
    await page.getByLabel("How many").selectOption("3");
    await page.getByLabel("Price level", { exact: true }).selectOption({ label: "Balcony" });
    await page.getByRole("button", { name: "Find and hold seats" }).tap();
    await page.getByRole("link", { name: "Create an account" }).tap();
    await signUpHere(page, newFan());
    await waitForMap(page);
    await expect(page.getByLabel("How many")).toHaveValue("3");
    await page.getByRole("button", { name: "Find and hold seats" }).tap();
    await expect(page.getByRole("heading", { name: "Pay for your seats" })).toBeVisible();
    await expect(page.getByText(/^Balcony /)).toHaveCount(3);
  });

  test("why a seat cannot be taken is seen beside the map", async ({ page }) => {
    const cdp = await openMap(page, THEATRE);
    await comeNear(page, cdp, THEATRE);
    const box = await mapBox(page);
    const refusal = page.getByTestId("refusal");
    for (let at = 0; at < 200 && !(await refusal.isVisible()); at++) {
      await tap(cdp, {
        x: box.x + box.width * (0.1 + 0.8 * ((at * 0.618) % 1)),
        y: box.y + box.height * (0.1 + 0.8 * ((at * 0.382) % 1)),
      });
      await still(page);
    }
    await expect(refusal).toHaveText(/You can have \d+ tickets|Someone else is holding it|Sold/);
    await expect(refusal).toBeInViewport();
  });

  test("a selection comes back after a reload and after signing up", async ({ page }) => {
    const cdp = await openMap(page, THEATRE);
    await comeNear(page, cdp, THEATRE);
    const box = await mapBox(page);
    for (let at = 0; at < 100 && !(await holdButton(page).isVisible()); at++) {
      await tap(cdp, {
        x: box.x + box.width * (0.1 + 0.8 * ((at * 0.618) % 1)),
        y: box.y + box.height * (0.1 + 0.8 * ((at * 0.382) % 1)),
      });
      await still(page);
    }
    await page.reload();
    await expect(holdButton(page)).toBeVisible();
    await holdButton(page).tap();
    const change = page.getByRole("button", { name: "Change my seats like that" });
    const createAccount = page.getByRole("link", { name: "Create an account" });
    await expect(change.or(createAccount)).toBeVisible();
    if (await change.isVisible()) {
      await change.tap();
      await holdButton(page).tap();
    }
    await createAccount.tap();
    await signUpHere(page, newFan());
    await expect(holdButton(page)).toBeVisible();
  });

  test("until the stock is known every level and the list say that it is being looked up", async ({
    page,
  }) => {
    let answer: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/api/events/*/stock", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(ARENA);
    const levels = page.getByRole("group", { name: "Price levels: show only" });
    await expect(levels.getByText("looking it up").first()).toBeVisible();
    await expect(page.getByText(/sold out/)).toHaveCount(0);
    await page.getByRole("button", { name: "List" }).tap();
    await expect(page.getByText("Looking which places are free.")).toBeVisible();
    await expect(page.getByText(/No section has a free place/)).toHaveCount(0);
    answer?.();
    await expect(levels.getByText(/\d left/).first()).toBeVisible();
  });
});

import { createHash } from "node:crypto";
import { type CDPSession, expect, type Page } from "@playwright/test";
import { waitForMap } from "./fan.ts";
import { test } from "./test.ts";

/** Two fingers on the arena's map, on a phone that is four times slower than this machine. */
test.use({ hasTouch: true, isMobile: true, deviceScaleFactor: 3, viewport: { width: 390, height: 844 } });

const ARENA = "/events/northern-static-signal-fires/seats";
const SPREAD_FROM = 20;
const SPREAD_TO = 180;

type Counted = {
  /** Whatever was painted on any canvas. */
  strokes: number;
  /** Of these, while fingers moved: a pause between two moves is a rest, in which the map may be painted. */
  inMotion: number;
  moves: number;
};

async function openMap(page: Page): Promise<CDPSession> {
  await page.addInitScript(() => {
    const counted = { strokes: 0, inMotion: 0, moves: 0 };
    Object.assign(globalThis, { counted });
    let movedAtMs = -Infinity;
    document.addEventListener(
      "pointermove",
      () => {
        movedAtMs = performance.now();
        counted.moves++;
      },
      true,
    );
    const proto = CanvasRenderingContext2D.prototype;
    for (const verb of ["drawImage", "fill", "fillRect", "fillText", "stroke"] as const) {
      const paint = proto[verb] as (...args: unknown[]) => void;
      Object.assign(proto, {
        [verb](this: CanvasRenderingContext2D, ...args: unknown[]) {
          counted.strokes++;
          if (performance.now() - movedAtMs < 30) counted.inMotion++;
          paint.apply(this, args);
        },
      });
    }
  });
  await page.goto(ARENA);
  await waitForMap(page);
  await rest(page);
  return await page.context().newCDPSession(page);
}

const countedOn = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { counted: Counted }).counted);

/** Until a second went by in which nothing was painted. */
async function rest(page: Page): Promise<void> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const last = before;
        before = (await countedOn(page)).strokes;
        return before - last;
      },
      { intervals: [1_000], timeout: 30_000 },
    )
    .toBe(0);
}

/** Spreads two fingers in so many steps without lifting them. */
async function spread(page: Page, cdp: CDPSession, steps: number): Promise<void> {
  const box = await page.getByRole("img", { name: /^Seat map/ }).boundingBox();
  if (!box) throw new Error("the map is not on the page");
  const [x, y] = [Math.round(box.x + box.width * 0.12), Math.round(box.y + box.height / 2)];
  const touch = (type: "touchStart" | "touchMove", half: number) =>
    cdp.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: [
        { x, y: y - half, id: 0 },
        { x: x + 4, y: y + half, id: 1 },
      ],
    });
  await touch("touchStart", SPREAD_FROM);
  for (let step = 1; step <= steps; step++)
    await touch("touchMove", SPREAD_FROM + ((SPREAD_TO - SPREAD_FROM) * step) / steps);
}

const lift = (cdp: CDPSession) => cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });

const picture = async (page: Page) =>
  createHash("sha256")
    .update(await page.getByRole("img", { name: /^Seat map/ }).screenshot())
    .digest("hex");

test("nothing is painted while two fingers move, however slow the machine", async ({ page }) => {
  const cdp = await openMap(page);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await spread(page, cdp, 40);
  const { moves, inMotion } = await countedOn(page);
  expect(moves).toBeGreaterThan(5);
  expect(inMotion).toBe(0);
  await lift(cdp);
});

test("a slow machine and a quick one end a pinch with the same picture, pixel by pixel", async ({
  browser,
}) => {
  const pictures: string[] = [];
  for (const { rate, steps } of [
    { rate: 1, steps: 60 },
    { rate: 4, steps: 7 },
  ]) {
    const page = await browser.newPage();
    const cdp = await openMap(page);
    const before = await picture(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    await spread(page, cdp, steps);
    await lift(cdp);
    await rest(page);
    pictures.push(await picture(page));
    expect(pictures.at(-1)).not.toBe(before);
    await page.close();
  }
  expect(pictures[1]).toBe(pictures[0]);
});

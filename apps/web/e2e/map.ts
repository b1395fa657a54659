import type { CDPSession, Page } from "@playwright/test";

export type Spot = { readonly x: number; readonly y: number };

/** Before the page is opened: lets `still` know of every frame that the page asks for. */
export async function watchFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frame = globalThis.requestAnimationFrame.bind(globalThis);
    let asked = 0;
    globalThis.requestAnimationFrame = (step) => {
      asked++;
      return frame(step);
    };
    const QUIET_FRAMES = 3;
    const still = () =>
      new Promise<void>((done) => {
        const look = (before: number, quiet: number) => {
          if (quiet === QUIET_FRAMES) return done();
          frame(() => look(asked, asked === before ? quiet + 1 : 0));
        };
        look(asked, 0);
      });
    Object.assign(globalThis, { still });
  });
}

/** Until nothing on the page moves and nothing is painted any more: some frames went by that it did not ask for. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { still: () => Promise<void> }).still());
}

export async function tap(cdp: CDPSession, { x, y }: Spot): Promise<void> {
  await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

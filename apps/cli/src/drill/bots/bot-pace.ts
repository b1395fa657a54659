/** A turn for each request of any bot: so many per second in all, first come, first served. */
export type BotPace = { readonly turn: () => Promise<void> };

const TICK_MS = 50;

/** `stop` ends every wait with a rejection. */
export function makeBotPace(perSecond: number, stop: AbortSignal): BotPace {
  const perTick = (perSecond * TICK_MS) / 1_000;
  const waiting: { go: () => void; end: (why: unknown) => void }[] = [];
  let head = 0;
  let due = 0;
  const timer = setInterval(() => {
    // What nobody used is not saved up for a burst.
    due = Math.min(due + perTick, Math.max(1, perTick) * 2);
    for (; due >= 1 && head < waiting.length; due -= 1) {
      waiting[head]?.go();
      head += 1;
    }
    if (head > 1_000) head -= waiting.splice(0, head).length;
  }, TICK_MS);
  stop.addEventListener(
    "abort",
    () => {
      clearInterval(timer);
      for (const { end } of waiting.splice(0)) end(stop.reason);
    },
    { once: true },
  );
  return {
    turn: () =>
      new Promise<void>((resolve, reject) => {
        if (stop.aborted) reject(stop.reason as Error);
        else waiting.push({ go: resolve, end: reject });
      }),
  };
}

import { clocksParted } from "./line-feed.ts";

const TICK_MS = 1_000;

export type Tick = {
  readonly onTick: () => void;
  /** The machine slept or its clock was set, the network is back, or the page is looked at again. */
  readonly onWake: (slept: boolean) => void;
};

/** Ticks once a second, in the background too where the browser lets workers, and tells of every gap. */
export function startTicker({ onTick, onWake }: Tick): () => void {
  let last = clocks();
  const tick = () => {
    const now = clocks();
    if (clocksParted(last, now)) onWake(true);
    last = now;
    onTick();
  };
  const look = () => {
    if (document.visibilityState !== "visible") return;
    onWake(clocksParted(last, clocks()));
    tick();
  };
  const online = () => {
    onWake(false);
    tick();
  };
  const stopTimer = startTimer(tick);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", online);
  window.addEventListener("pageshow", look);
  tick();
  return () => {
    stopTimer();
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("online", online);
    window.removeEventListener("pageshow", look);
  };
}

const clocks = () => ({ wallMs: Date.now(), steadyMs: performance.now() });

function startTimer(tick: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const fallBack = () => {
    timer ??= setInterval(tick, TICK_MS);
  };
  const worker = startWorker();
  if (!worker) fallBack();
  else {
    worker.addEventListener("message", tick);
    worker.addEventListener("error", fallBack);
  }
  return () => {
    clearInterval(timer);
    worker?.terminate();
  };
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL("./ticker-worker.ts", import.meta.url), { type: "module" });
  } catch {
    return null;
  }
}

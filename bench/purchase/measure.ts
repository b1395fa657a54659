import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type CpuMs, cpuBetween, type Pids, readCpu } from "./cpu.ts";
import type { Crowd, Load, Outcome, ToGenerator } from "./crowd.ts";
import type { OpenWork, QueueLook, Shop } from "./shop.ts";

/** A limit's counter lives for a minute; a longer load cannot be counted by it. */
const COUNTED_MS_MAX = 55_000;
const LOOK_EVERY_MS = 250;
const SETTLE_LIMIT_MS = 180_000;

export type Measured = {
  readonly load: Load;
  readonly purchases: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly holdP50Ms: number;
  readonly holdP95Ms: number;
  readonly askedAgain: number;
  readonly faults: Outcome["faults"];
  /** Milliseconds per purchase while fans were asking; and afterwards, until nothing was left to do. */
  readonly cpu: CpuMs;
  readonly cpuAfter: CpuMs;
  /** At the moment of the last answer. */
  readonly open: OpenWork;
  readonly settledAfterMs: number;
  /** The longest stream and the oldest entry that was seen in it; null: there is no queue. */
  readonly queue: QueueLook | null;
  /** By how many calls limits and guard are wrong, of all buyers and to the call of two of them. */
  readonly uncounted: number;
};

export type Generator = {
  readonly pid: number;
  readonly run: (load: Load) => Promise<Outcome>;
  /** How many of the buyers have had their turn. */
  readonly asked: () => number;
  readonly stop: () => Promise<void>;
};

/** The crowd of one shop, in a process of its own. Each load takes the next buyers. */
export async function startGenerator({ dialect, url, eventId, buyers }: Crowd): Promise<Generator> {
  const folder = await mkdtemp(path.join(tmpdir(), "onsale-bench-"));
  const file = path.join(folder, "crowd.json");
  const crowd: Crowd = { dialect, url, eventId, buyers };
  await writeFile(file, JSON.stringify(crowd));
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "generator.ts"), file], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("the generator did not start");
  await nextMessage(child);
  await rm(folder, { recursive: true, force: true });
  let first = 0;
  return {
    pid,
    asked: () => first,
    async run(load) {
      const told: ToGenerator = { load, first };
      first += load.count;
      const answer = nextMessage(child);
      child.send(told);
      // Safe because the generator sends nothing else after it said that it is ready.
      return (await answer) as Outcome;
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await ended;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`the generator ended with ${code}`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message);
    });
  });
}

export async function measure(
  shop: Shop,
  { generator, pids, load }: { generator: Generator; pids: Pids; load: Load },
): Promise<Measured> {
  await shop.counting?.forget();
  const knownBefore = (await shop.counting?.accounts())?.guard ?? 0;
  const watch = watchQueue(shop);
  const before = readCpu(pids);
  const outcome = await generator.run(load);
  const after = readCpu(pids);
  const open = await shop.openWork();
  const queue = await watch.stop();
  const uncounted = await uncountedOf(shop, { outcome, knownBefore, upTo: generator.asked() });
  const settling = readCpu(pids);
  const settledAfterMs = await untilSettled(shop);
  const purchases = outcome.purchaseMs.length;
  return {
    load,
    purchases,
    perSecond: (purchases / outcome.wallMs) * 1_000,
    p50Ms: percentile(outcome.purchaseMs, 0.5),
    p95Ms: percentile(outcome.purchaseMs, 0.95),
    p99Ms: percentile(outcome.purchaseMs, 0.99),
    holdP50Ms: percentile(outcome.holdMs, 0.5),
    holdP95Ms: percentile(outcome.holdMs, 0.95),
    askedAgain: outcome.askedAgain,
    faults: outcome.faults,
    cpu: cpuBetween(before, after, purchases),
    cpuAfter: cpuBetween(settling, readCpu(pids), purchases),
    open,
    settledAfterMs,
    queue,
    uncounted,
  };
}

async function uncountedOf(
  { counting, buyers }: Shop,
  { outcome, knownBefore, upTo }: { outcome: Outcome; knownBefore: number; upTo: number },
): Promise<number> {
  const purchases = outcome.purchaseMs.length;
  if (!counting || purchases < 2) return 0;
  const accounts = await counting.accounts();
  const missing = [purchases - (accounts.guard - knownBefore)];
  if (outcome.wallMs < COUNTED_MS_MAX) missing.push(purchases - accounts.limits);
  const [last, beforeLast] = [buyers[upTo - 1], buyers[upTo - 2]];
  if (last && beforeLast)
    missing.push(Math.abs(await counting.offByLimit(last)), Math.abs(await counting.offByGuard(beforeLast)));
  return missing.reduce((sum, count) => sum + Math.max(0, count), 0);
}

export function percentile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
  );
}

/** Looks while the load runs; `stop` answers the worst that was seen. */
function watchQueue({ queue }: Shop): { stop: () => Promise<QueueLook | null> } {
  if (!queue) return { stop: () => Promise.resolve(null) };
  let worst: QueueLook = { length: 0, oldestMs: 0 };
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      const { length, oldestMs } = await queue();
      worst = { length: Math.max(worst.length, length), oldestMs: Math.max(worst.oldestMs, oldestMs) };
      await wait(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await watching;
      return worst;
    },
  };
}

async function untilSettled({ openWork }: Shop): Promise<number> {
  const startedAtMs = performance.now();
  for (;;) {
    const { mailMs, captureMs } = await openWork();
    const passedMs = performance.now() - startedAtMs;
    if (mailMs === 0 && captureMs === 0) return passedMs;
    if (passedMs > SETTLE_LIMIT_MS) throw new Error(`still not done after ${SETTLE_LIMIT_MS / 1_000} s`);
    await wait(LOOK_EVERY_MS);
  }
}

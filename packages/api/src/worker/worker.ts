import { WORKER_BEAT_MS } from "@onsale/core/worker/worker-pulse";
import type { WorkerParts } from "../compose/worker.ts";
import { loop, pause } from "./loop.ts";

/** Also how often a worker says that it keeps its events: OWNER_LEASE_MS is a few of these. */
const LIVE_EVENTS_REFRESH_MS = 1_000;
/** A worker that owns no event looks so often whether it does now. */
const NO_EVENTS_MS = 20;
/** Longer than a bank takes. What is still under way then is found by its state. */
const SETTLE_MS_MAX = 6_000;
const SWEEP_EVERY_MS = 400;
/** A wave each second; the rest of the second belongs to those who were let in. */
const LINE_EVERY_MS = 1_000;
const PAYMENTS_EVERY_MS = 1_000;
const WAITLIST_EVERY_MS = 1_000;
/** How long after its end an event may still be listed. */
const ENDS_EVERY_MS = 5_000;
const DRAIN_EVERY_MS = 5_000;
/** How long a shard may differ from Postgres: after a process died between the two, or while Redis was away. */
const HEAL_EVERY_MS = 10_000;
const OLD_SESSIONS_EVERY_MS = 3_600_000;

/**
 * Everything that happens without anybody asking: orders are written, holds that ran out go back, payments whose answer
 * was lost are asked about, lost shards are rebuilt, mails are sent. Several workers may run; each step is safe twice.
 */
export async function runWorker(parts: WorkerParts, { signal }: { signal: AbortSignal }): Promise<void> {
  const { log, pulse, name, liveEvents, line, payments, reconcile, owner, orderWriter } = parts;
  const run = (loopName: string, idleMs: number, step: () => Promise<boolean>) =>
    loop({ name: loopName, idleMs, signal, log, step });
  /** A step after which there is nothing more to do for now. */
  const once = (step: () => Promise<unknown>) => () => step().then(() => false);

  // A store that is away now is no reason to end: the loops wait for it.
  await liveEvents
    .refresh()
    .catch((error: unknown) => log.warn({ err: error }, "a store does not answer yet"));
  log.info({ events: liveEvents.onSale().length }, "worker started");
  await Promise.all([
    run(
      "pulse",
      WORKER_BEAT_MS,
      once(() => pulse.beat(name)),
    ),
    run(
      "live-events",
      LIVE_EVENTS_REFRESH_MS,
      once(async () => {
        await liveEvents.refresh();
        await ownEvents(parts, signal);
      }),
    ),
    run("order-writer", NO_EVENTS_MS, async () => {
      const eventIds = owner.owned();
      if (eventIds.length === 0) return false;
      await orderWriter.writeOrders(eventIds);
      // It has waited for orders itself, and the next one may be there by now.
      return true;
    }),
    run(
      "line",
      LINE_EVERY_MS,
      once(() => line.tick()),
    ),
    run("sweep", SWEEP_EVERY_MS, () => liveEvents.sweep()),
    run("overdue", PAYMENTS_EVERY_MS, () => payments.overdue(signal)),
    run("unanswered", PAYMENTS_EVERY_MS, () => payments.unanswered(signal)),
    run("uncaptured", PAYMENTS_EVERY_MS, () => payments.uncaptured(signal)),
    run("of-closed-events", PAYMENTS_EVERY_MS, () => payments.ofClosedEvents(signal)),
    run(
      "drain",
      DRAIN_EVERY_MS,
      once(() => liveEvents.drain()),
    ),
    run("ends", ENDS_EVERY_MS, async () => (await parts.endOver()) !== null),
    parts.jobs.run(signal),
    run("heal", HEAL_EVERY_MS, async () => {
      for (const eventId of liveEvents.onSale()) {
        if (signal.aborted) break;
        if (await reconcile.heal(eventId)) log.warn({ eventId }, "the shard differed; mended");
      }
      return false;
    }),
    run(
      "waitlist",
      WAITLIST_EVERY_MS,
      once(() => parts.waitlist.run()),
    ),
    run("old-sessions", OLD_SESSIONS_EVERY_MS, once(parts.forgetOld)),
    run("sold-out", 1_000, async () => {
      for (const eventId of liveEvents.onSale()) await parts.followStock(eventId);
      return false;
    }),
  ]);
  await line.idle();
  await stopOrders(parts);
  // A store that is away has forgotten nothing that matters: a worker that is not heard counts as gone in seconds.
  await pulse.leave(name).catch(() => undefined);
  log.info("worker stopped");
}

/** What the last owner of an event left unfinished is gone on with. */
async function ownEvents(
  { owner, liveEvents, payments, log }: WorkerParts,
  signal: AbortSignal,
): Promise<void> {
  const taken = await owner.beat(liveEvents.withOrders());
  if (taken.length === 0) return;
  // Not waited for: the next beat must not come late. What is missed here is found by its age.
  payments
    .takenOver(taken, signal)
    .catch((error: unknown) => log.error({ err: error }, "orders of an event taken over could not be read"));
}

/** Payments under way are finished, and the events are free for the next worker at once. */
async function stopOrders({ owner, orderWriter, log }: WorkerParts): Promise<void> {
  const late = new AbortController();
  await Promise.race([orderWriter.settled(), pause(SETTLE_MS_MAX, late.signal)]);
  late.abort();
  await owner
    .leave()
    .catch((error: unknown) => log.warn({ err: error }, "the events stay owned for a moment"));
}

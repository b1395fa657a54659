import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { EventId } from "@onsale/core/shared/ids";
import { WORKER_BEAT_MS } from "@onsale/core/worker/worker-pulse";
import type { Container } from "../compose/container.ts";
import { followStock } from "./follow-stock.ts";
import { forgetOld } from "./forget-old.ts";
import { makeLineLoop } from "./line-loop.ts";
import { makeJobRunner } from "./job-runner.ts";
import { loop } from "./loop.ts";
import { makeOrderWriter } from "./order-writer.ts";
import { makePaymentRounds } from "./payment-rounds.ts";
import { makeWaitlistLoop } from "./waitlist-loop.ts";

const LIVE_EVENTS_REFRESH_MS = 1_000;
const SWEEP_EVERY_MS = 400;
const SWEEP_MAX = 200;
/** A wave each second; the rest of the second belongs to those who were let in. */
const LINE_EVERY_MS = 1_000;
const PAYMENTS_EVERY_MS = 1_000;
const WAITLIST_EVERY_MS = 1_000;
/** How long after its end an event may still be listed. */
const ENDS_EVERY_MS = 5_000;
const DRAIN_EVERY_MS = 5_000;
/** Many times what any process remembers of an event, or any call takes. */
const DRAIN_AFTER_MS = 10 * 60_000;
/** How long a shard may differ from Postgres: after a process died between the two, or while Redis was away. */
const HEAL_EVERY_MS = 10_000;
const OLD_SESSIONS_EVERY_MS = 3_600_000;

/**
 * Everything that happens without anybody asking: orders are written, holds that ran out go back, payments whose answer
 * was lost are asked about, lost shards are rebuilt, mails are sent. Several workers may run; each step is safe twice.
 */
export async function runWorker(container: Container, { signal }: { signal: AbortSignal }): Promise<void> {
  const { log, events, inventory, holds, services, workerPulse } = container;
  let live: EventId[] = [];
  /** Over, with orders that may still stand in their streams: each of them is answered before the stream is left. */
  let closing: EventId[] = [];

  const writeOrders = makeOrderWriter(container);
  const runJobs = makeJobRunner(container, `${hostname()}:${process.pid}`);
  const line = makeLineLoop(container);
  const waitlist = makeWaitlistLoop(container);
  const payments = makePaymentRounds(container, signal);
  const run = (name: string, idleMs: number, step: () => Promise<boolean>) =>
    loop({ name, idleMs, signal, log, step });

  async function refreshLive(): Promise<boolean> {
    [live, closing] = await Promise.all([events.listLive(), container.closingEvents.list()]);
    for (const eventId of live) {
      if ((await inventory.epoch(eventId)) !== null) continue;
      log.warn({ eventId }, "shard has no epoch; rebuilding it from Postgres");
      await services.events.rebuild(eventId, null);
    }
    return false;
  }

  async function sweep(): Promise<boolean> {
    let full = false;
    for (const eventId of live) full = (await holds.sweep(eventId, SWEEP_MAX)) >= SWEEP_MAX || full;
    return full;
  }

  async function drain(): Promise<boolean> {
    for (const eventId of closing)
      if ((await container.queue.length(eventId)) === 0)
        await container.closingEvents.markDrained(eventId, DRAIN_AFTER_MS);
    return false;
  }

  const name = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  // A store that is away now is no reason to end: the loops wait for it.
  await refreshLive().catch((error: unknown) => log.warn({ err: error }, "a store does not answer yet"));
  log.info({ events: live.length }, "worker started");
  await Promise.all([
    run("pulse", WORKER_BEAT_MS, () => workerPulse.beat(name).then(() => false)),
    run("live-events", LIVE_EVENTS_REFRESH_MS, refreshLive),
    run("order-writer", 5, async () => {
      const eventIds = [...live, ...closing];
      return eventIds.length > 0 ? writeOrders(eventIds) : false;
    }),
    run("line", LINE_EVERY_MS, () => line.tick().then(() => false)),
    run("sweep", SWEEP_EVERY_MS, sweep),
    run("overdue", PAYMENTS_EVERY_MS, payments.overdue),
    run("unanswered", PAYMENTS_EVERY_MS, payments.unanswered),
    run("uncaptured", PAYMENTS_EVERY_MS, payments.uncaptured),
    run("of-closed-events", PAYMENTS_EVERY_MS, payments.ofClosedEvents),
    run("drain", DRAIN_EVERY_MS, drain),
    run("ends", ENDS_EVERY_MS, async () => (await services.events.endOver()) !== null),
    run("jobs", 500, runJobs),
    run("heal", HEAL_EVERY_MS, async () => {
      for (const eventId of live) {
        if (signal.aborted) break;
        if (await services.reconcile.heal(eventId)) log.warn({ eventId }, "the shard differed; mended");
      }
      return false;
    }),
    run("waitlist", WAITLIST_EVERY_MS, () => waitlist.run().then(() => false)),
    run("old-sessions", OLD_SESSIONS_EVERY_MS, () => forgetOld(container)),
    run("sold-out", 1_000, async () => {
      for (const eventId of live) await followStock(container, eventId);
      return false;
    }),
  ]);
  await line.idle();
  // A store that is away has forgotten nothing that matters: a worker that is not heard counts as gone in seconds.
  await workerPulse.leave(name).catch(() => undefined);
  log.info("worker stopped");
}

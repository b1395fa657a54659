import { MailServerAway } from "@onsale/core/mail/mailer";
import type { Job, JobFailure, JobStore } from "@onsale/core/outbox/job-store";
import { ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import { AppError } from "@onsale/core/shared/errors";
import type { Services } from "../compose/services.ts";
import type { Logger } from "../log.ts";
import { type Bell, makeBell } from "./bell.ts";
import { type JobHandler, type JobLane, jobLanes, type Outcomes } from "./job-handlers.ts";
import { loop, pause } from "./loop.ts";

const LEASE_MS = 60_000;
/** The lease of a batch that takes long is prolonged so often; after that nobody believes that it will end. */
const PROLONGED_MAX = 20;
/** Batches of a lane that are under way at once: one with a mail that hangs does not stop the lane. */
export const BATCHES_MAX = 4;
/** How long jobs lie that nobody rang for. */
const IDLE_MS = 500;
/** Jobs that are made one by one are taken together: a lane that took all there was takes again after this. */
const GATHER_MS = 100;
/** A job that is refused so often, over an hour, is parked: found by `ticketctl jobs`, and tried again when asked for. */
export const TRIES_MAX = 15;
const SETTLE_TRIES_MAX = 20;
const SETTLE_AGAIN_MS = 1_000;

/** 1 s, 2 s, 4 s ... at most ten minutes. */
const retryInMs = (attempts: number) => Math.min(600_000, 1_000 * 2 ** Math.min(attempts, 10));

export type JobRunnerParts = {
  readonly jobs: Pick<JobStore, "claim" | "prolong" | "settle">;
  readonly log: Logger;
  readonly services: Services;
  /** Rings when orders of this process became paid: their mails need not wait to be looked for. */
  readonly ordersPaid: Bell;
};

type LaneParts = Pick<JobRunnerParts, "jobs" | "log"> & { readonly owner: string };

/**
 * Work that Postgres wrote down together with its cause; done at least once, each kind made safe to repeat. Lanes of
 * kinds go side by side; a lane takes what is due in batches and says of each batch in one statement what became of it.
 * `owner` is nobody else's name: by it a worker knows which jobs it still has.
 */
export function makeJobRunner({ jobs, log, services, ordersPaid }: JobRunnerParts, owner: string) {
  const lanes = jobLanes(services, ordersPaid).map((lane) => makeLane({ jobs, log, owner }, lane));
  return {
    async run(signal: AbortSignal): Promise<void> {
      await Promise.all(lanes.map((lane) => lane.run(signal)));
    },
    /** Takes all that is due, until nothing is, and comes back when it is done. */
    async drain(): Promise<void> {
      const took = await Promise.all(lanes.map((lane) => lane.takeAndEnd()));
      if (took.some((count) => count > 0)) await this.drain();
    },
  };
}

function makeLane(parts: LaneParts, { name, handlers, batch, bell = makeBell() }: JobLane) {
  const { jobs, log, owner } = parts;
  const kinds = Object.keys(handlers);
  const underWay = new Set<Promise<void>>();

  function start(kind: string, claimed: readonly Job[]): void {
    const handler = handlers[kind];
    if (!handler) return;
    const work: Promise<void> = workOff(parts, handler, claimed)
      .catch((error: unknown) => log.error({ err: error, kind }, "a batch of jobs could not be settled"))
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function take(): Promise<{ count: number; more: boolean }> {
    while (underWay.size >= BATCHES_MAX) await Promise.race(underWay);
    const claimed = await jobs.claim({ owner, kinds, limit: batch, leaseMs: LEASE_MS });
    const byKind = Map.groupBy(claimed, ({ kind }) => kind);
    for (const [kind, own] of byKind) start(kind, own);
    return { count: claimed.length, more: [...byKind.values()].some((own) => own.length === batch) };
  }

  return {
    async takeAndEnd(): Promise<number> {
      const { count } = await take();
      await Promise.all(underWay);
      return count;
    },
    async run(signal: AbortSignal): Promise<void> {
      const step = async () => (await take()).more;
      const rest = async () => {
        await pause(GATHER_MS, signal);
        await bell.wait(IDLE_MS - GATHER_MS, signal);
      };
      await loop({ name: `jobs: ${name}`, rest, signal, log, step });
      await Promise.all(underWay);
    },
  };
}

async function workOff(parts: LaneParts, handler: JobHandler, claimed: readonly Job[]): Promise<void> {
  const outcomes = await outcomesOf(parts, handler, claimed);
  const done: string[] = [];
  const failed: JobFailure[] = [];
  const errors: unknown[] = [];
  for (const [at, job] of claimed.entries()) {
    const outcome = outcomes[at];
    if (outcome?.status === "fulfilled") done.push(job.id);
    else {
      const error: unknown = outcome?.reason ?? new Error("nothing was said of this job");
      errors.push(error);
      failed.push(failureOf(job, error));
    }
  }
  if (failed.length > 0) {
    const parked = failed.filter((failure) => failure.retryInMs === null).map(({ id }) => id);
    const told = { err: errors[0], kind: claimed[0]?.kind, jobs: failed.map(({ id }) => id), parked };
    parts.log.error(told, "jobs failed");
  }
  await settle(parts, { done, failed });
}

/** The handler's, while the batch stays leased to us for as long as it may take. */
async function outcomesOf(
  { jobs, log, owner }: LaneParts,
  handler: JobHandler,
  claimed: readonly Job[],
): Promise<Outcomes> {
  const ids = claimed.map(({ id }) => id);
  let timer: NodeJS.Timeout | undefined;
  let prolonged = 0;
  const endless = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (++prolonged > PROLONGED_MAX) reject(new Error("it did not end"));
      else
        jobs
          .prolong({ owner, ids, leaseMs: LEASE_MS })
          .catch((error: unknown) => log.warn({ err: error }, "a lease could not be prolonged"));
    }, LEASE_MS / 3);
  });
  try {
    return await Promise.race([handler(claimed), endless]);
  } catch (reason) {
    return claimed.map(() => ({ status: "rejected", reason }) as const);
  } finally {
    clearInterval(timer);
  }
}

/** Work that was done is told for as long as its leases last, or it would be done again after a short outage. */
async function settle(
  { jobs, owner }: LaneParts,
  outcome: { done: readonly string[]; failed: readonly JobFailure[] },
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await jobs.settle({ owner, ...outcome });
    } catch (error) {
      if (tries === SETTLE_TRIES_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_AGAIN_MS));
    }
  }
}

function failureOf({ id, attempts }: Job, error: unknown): JobFailure {
  const isRefusal = attempts + 1 >= TRIES_MAX && !isForLater(error);
  return { id, error: String(error), retryInMs: isRefusal ? null : retryInMs(attempts) };
}

/** Somebody else is away or not yet ready, however long: their return mends it, and nobody has to ask for it. */
function isForLater(error: unknown): boolean {
  if (error instanceof AppError) return error.category === "unavailable";
  return error instanceof ProviderUnavailable || error instanceof MailServerAway;
}

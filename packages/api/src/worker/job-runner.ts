import { RETURN_MONEY } from "@onsale/core/payment/payment-flow";
import type { Container } from "../container.ts";

const JOBS_MAX = 20;
const LEASE_MS = 60_000;
/** 1 s, 2 s, 4 s ... at most ten minutes. */
const retryInMs = (attempts: number) => Math.min(600_000, 1_000 * 2 ** Math.min(attempts, 10));

/** Work that Postgres wrote down together with its cause; done at least once, each kind made safe to repeat. */
export function makeJobRunner(container: Container, owner: string) {
  const { jobs, log, services } = container;
  const handlers: Record<string, (payload: Readonly<Record<string, unknown>>) => Promise<void>> = {
    capture: async (payload) => void (await services.payments.advance(String(payload["orderId"]), null)),
    [RETURN_MONEY]: (payload) => services.payments.returnMoney(String(payload["orderId"])),
    "mail.order_paid": (payload) => services.mail.orderPaid(String(payload["orderId"])),
  };

  return async function runJobs(): Promise<boolean> {
    const claimed = await jobs.claim({
      owner,
      kinds: Object.keys(handlers),
      limit: JOBS_MAX,
      leaseMs: LEASE_MS,
    });
    for (const job of claimed) {
      try {
        await handlers[job.kind]?.(job.payload);
        await jobs.complete(job.id);
      } catch (error) {
        log.error({ err: error, job: job.id, kind: job.kind }, "job failed");
        await jobs.fail({ id: job.id, error: String(error), retryInMs: retryInMs(job.attempts) });
      }
    }
    return claimed.length === JOBS_MAX;
  };
}

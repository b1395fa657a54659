import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { makeForgetOld } from "@onsale/core/account/forget-old";
import { makePaymentRounds } from "@onsale/core/checkout/payment-rounds";
import { makeLiveEvents } from "@onsale/core/reconcile/live-events";
import { makeFollowStock } from "@onsale/core/waitlist/follow-stock";
import { makeJobRunner } from "../worker/job-runner.ts";
import type { Container } from "./container.ts";
import { composeLineController } from "./line-controller.ts";
import { composeWaitlistRound } from "./waitlist-round.ts";

/** What a worker of this process does, piece by piece; worker.ts says how often. */
export function composeWorker(container: Container) {
  const { log, services, workerPulse } = container;
  const name = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  return {
    log,
    pulse: workerPulse,
    name,
    liveEvents: makeLiveEvents({
      ...container,
      closing: container.closingEvents,
      async rebuild(eventId) {
        log.warn({ eventId }, "shard has no epoch; rebuilding it from Postgres");
        await services.events.rebuild(eventId, null);
      },
    }),
    owner: services.owner,
    orderWriter: services.orderWriter,
    jobs: makeJobRunner(container, name),
    line: composeLineController(container),
    waitlist: composeWaitlistRound(container),
    payments: makePaymentRounds({
      orders: container.orders,
      payments: services.payments,
      owner: services.owner,
      onError: (error, orderId) => log.error({ err: error, orderId }, "payment step failed"),
    }),
    followStock: makeFollowStock({ ...services, catalog: container.catalog }),
    reconcile: services.reconcile,
    endOver: services.events.endOver,
    forgetOld: makeForgetOld({ ...container, sessions: container.sessionRows }),
  };
}
export type WorkerParts = ReturnType<typeof composeWorker>;

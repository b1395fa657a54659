import { InvitationId } from "@onsale/core/organization/invitation";
import { AccountId, EventId, OrderId } from "@onsale/core/shared/ids";
import { RETURN_MONEY } from "@onsale/core/checkout/payment-flow";
import { WaitlistOfferId } from "@onsale/core/waitlist/waitlist";
import { z } from "zod";
import type { JobStore } from "@onsale/core/outbox/job-store";
import type { Services } from "../compose/services.ts";
import type { Logger } from "../log.ts";

const CancelledNews = z.object({
  eventId: EventId,
  at: z.string(),
  after: z.object({ at: z.string(), id: z.string() }).nullable(),
});
const JOBS_MAX = 20;
const LEASE_MS = 60_000;
/** 1 s, 2 s, 4 s ... at most ten minutes. */
const retryInMs = (attempts: number) => Math.min(600_000, 1_000 * 2 ** Math.min(attempts, 10));

export type JobRunnerParts = {
  readonly jobs: JobStore;
  readonly log: Logger;
  readonly services: Services;
};

/** Work that Postgres wrote down together with its cause; done at least once, each kind made safe to repeat. */
export function makeJobRunner({ jobs, log, services }: JobRunnerParts, owner: string) {
  const handlers: Record<
    string,
    (payload: Readonly<Record<string, unknown>>, jobId: string) => Promise<void>
  > = {
    capture: async (payload) => void (await services.payments.advance(String(payload["orderId"]), null)),
    [RETURN_MONEY]: (payload) => services.payments.returnMoney(String(payload["orderId"])),
    "mail.verify_email": (payload) =>
      services.verifyEmail.sendMail(AccountId.parse(payload["accountId"]), String(payload["nonce"])),
    "mail.sign_up": (payload) => services.signUps.sendMail(String(payload["signUpId"])),
    "mail.password_reset": (payload) =>
      services.passwords.sendReset({ id: String(payload["id"]), email: String(payload["email"]) }),
    "mail.password_set": (payload, id) =>
      services.passwords.sendPasswordSet(AccountId.parse(payload["accountId"]), id),
    "mail.invitation": (payload) =>
      services.organizations.sendInvitation(InvitationId.parse(payload["invitationId"])),
    "mail.waitlist_offer": (payload) => services.sendOfferMail(WaitlistOfferId.parse(payload["offerId"])),
    "event.cancelled": (payload) => services.events.tellCancelled(CancelledNews.parse(payload)),
    "mail.event_cancelled": (payload) => services.mail.eventCancelled(String(payload["orderId"])),
    "mail.order_paid": async (payload) => {
      const orderId = String(payload["orderId"]);
      await services.passReturn.ofPaidOrder(OrderId.parse(orderId));
      await services.mail.orderPaid(orderId);
    },
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
        await handlers[job.kind]?.(job.payload, job.id);
        await jobs.complete(job.id);
      } catch (error) {
        log.error({ err: error, job: job.id, kind: job.kind }, "job failed");
        await jobs.fail({ id: job.id, error: String(error), retryInMs: retryInMs(job.attempts) });
      }
    }
    return claimed.length === JOBS_MAX;
  };
}

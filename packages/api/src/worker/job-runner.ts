import { InvitationId } from "@onsale/core/organization/invitation";
import { AccountId, EventId, OrderId } from "@onsale/core/shared/ids";
import { RETURN_MONEY } from "@onsale/core/checkout/payment-flow";
import { WaitlistOfferId } from "@onsale/core/waitlist/waitlist";
import { z } from "zod";
import type { JobStore } from "@onsale/core/outbox/job-store";
import type { Services } from "../compose/services.ts";
import type { Logger } from "../log.ts";

const OfOrder = z.object({ orderId: OrderId });
const OfAccount = z.object({ accountId: AccountId });
const CancelledNews = z.object({
  eventId: EventId,
  at: z.string(),
  after: z.object({ at: z.string(), id: OrderId }).nullable(),
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

type Handler = (payload: Readonly<Record<string, unknown>>, jobId: string) => Promise<void>;

/** The payload is what a database function wrote, maybe an earlier version of it: read here, and nowhere later. */
function handles<Payload>(
  shape: z.ZodType<Payload>,
  work: (payload: Payload, jobId: string) => Promise<unknown>,
): Handler {
  return async (payload, jobId) => void (await work(shape.parse(payload), jobId));
}

/** Work that Postgres wrote down together with its cause; done at least once, each kind made safe to repeat. */
export function makeJobRunner({ jobs, log, services }: JobRunnerParts, owner: string) {
  const handlers: Record<string, Handler> = {
    [RETURN_MONEY]: handles(OfOrder, ({ orderId }) => services.payments.returnMoney(orderId)),
    "mail.verify_email": handles(OfAccount.extend({ nonce: z.string() }), ({ accountId, nonce }) =>
      services.verifyEmail.sendMail(accountId, nonce),
    ),
    "mail.sign_up": handles(z.object({ signUpId: z.string() }), ({ signUpId }) =>
      services.signUps.sendMail(signUpId),
    ),
    "mail.password_reset": handles(z.object({ id: z.string(), email: z.string() }), (reset) =>
      services.passwords.sendReset(reset),
    ),
    "mail.password_set": handles(OfAccount, ({ accountId }, jobId) =>
      services.passwords.sendPasswordSet(accountId, jobId),
    ),
    "mail.invitation": handles(z.object({ invitationId: InvitationId }), ({ invitationId }) =>
      services.organizations.sendInvitation(invitationId),
    ),
    "mail.waitlist_offer": handles(z.object({ offerId: WaitlistOfferId }), ({ offerId }) =>
      services.sendOfferMail(offerId),
    ),
    "event.cancelled": handles(CancelledNews, (news) => services.events.tellCancelled(news)),
    "mail.event_cancelled": handles(OfOrder, ({ orderId }) => services.mail.eventCancelled(orderId)),
    "mail.order_paid": handles(OfOrder, async ({ orderId }) => {
      await services.passReturn.ofPaidOrder(orderId);
      await services.mail.orderPaid(orderId);
    }),
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

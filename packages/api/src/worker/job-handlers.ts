import { RETURN_MONEY } from "@onsale/core/checkout/give-up";
import { InvitationId } from "@onsale/core/organization/invitation";
import type { Job } from "@onsale/core/outbox/job-store";
import { AccountId, EventId, OrderId } from "@onsale/core/shared/ids";
import { WaitlistOfferId } from "@onsale/core/waitlist/waitlist";
import pLimit from "p-limit";
import { z } from "zod";
import type { Services } from "../compose/services.ts";
import type { Bell } from "./bell.ts";

/** What became of each job, in the order of the jobs: one that fails takes no other with it. */
export type Outcomes = readonly PromiseSettledResult<unknown>[];
export type JobHandler = (jobs: readonly Job[]) => Promise<Outcomes>;

/** Kinds of jobs that wait for one another and for no others. */
export type JobLane = {
  readonly name: string;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** Jobs of a kind that are taken at once. */
  readonly batch: number;
  /** Rings when this process made some of them. */
  readonly bell?: Bell;
};

const OfOrder = z.object({ orderId: OrderId });
const OfAccount = z.object({ accountId: AccountId });
const CancelledNews = z.object({
  eventId: EventId,
  at: z.string(),
  after: z.object({ at: z.string(), id: OrderId }).nullable(),
});

/** Jobs of one kind that are under way at once, where each is done by itself. */
const AT_ONCE = 8;

/** The payload is what a database function wrote, maybe an earlier version of it: read here, and nowhere later. */
function each<Payload>(
  shape: z.ZodType<Payload>,
  work: (payload: Payload, jobId: string) => Promise<unknown>,
): JobHandler {
  const limit = pLimit(AT_ONCE);
  return (jobs) => Promise.allSettled(jobs.map((job) => limit(() => work(shape.parse(job.payload), job.id))));
}

/** For work that is cheaper for many at once than for each of them. */
function together<Payload>(
  shape: z.ZodType<Payload>,
  work: (payloads: readonly Payload[]) => Promise<Outcomes>,
): JobHandler {
  return async (jobs) => {
    const read = jobs.map(({ payload }) => shape.safeParse(payload));
    const outcomes = await work(read.flatMap(({ data }) => (data === undefined ? [] : [data])));
    let at = 0;
    return read.map(({ error }): PromiseSettledResult<unknown> => {
      const outcome = error ? null : outcomes[at++];
      return outcome ?? { status: "rejected", reason: error ?? new Error("nothing was said of this job") };
    });
  };
}

const ids = (of: readonly { readonly orderId: OrderId }[]) => of.map(({ orderId }) => orderId);

/**
 * Every kind of job, by lane. Mails of orders come by the thousand, codes are waited for by somebody at a screen, and
 * money goes back also while no mail goes out: none of them stands behind another.
 */
export function jobLanes(services: Services, ordersPaid: Bell): readonly JobLane[] {
  const { mail, payments, organizations, events } = services;
  return [
    {
      name: "order mails",
      batch: 50,
      bell: ordersPaid,
      handlers: {
        "mail.order_paid": together(OfOrder, (of) => mail.ordersPaid(ids(of))),
        "mail.event_cancelled": together(OfOrder, (of) => mail.eventCancelled(ids(of))),
      },
    },
    {
      name: "account mails",
      batch: 50,
      handlers: {
        "mail.verify_email": each(OfAccount.extend({ nonce: z.string() }), ({ accountId, nonce }) =>
          services.verifyEmail.sendMail(accountId, nonce),
        ),
        "mail.sign_up": each(z.object({ signUpId: z.string() }), ({ signUpId }) =>
          services.signUps.sendMail(signUpId),
        ),
        "mail.password_reset": each(z.object({ id: z.string(), email: z.string() }), (reset) =>
          services.passwords.sendReset(reset),
        ),
        "mail.password_set": each(OfAccount, ({ accountId }, jobId) =>
          services.passwords.sendPasswordSet(accountId, jobId),
        ),
        "mail.invitation": each(z.object({ invitationId: InvitationId }), ({ invitationId }) =>
          organizations.sendInvitation(invitationId),
        ),
      },
    },
    {
      name: "waitlist mails",
      batch: 50,
      handlers: {
        "mail.waitlist_offer": each(z.object({ offerId: WaitlistOfferId }), ({ offerId }) =>
          services.sendOfferMail(offerId),
        ),
      },
    },
    {
      name: "money",
      batch: 50,
      handlers: {
        [RETURN_MONEY]: each(OfOrder, ({ orderId }) => payments.returnMoney(orderId)),
      },
    },
    {
      name: "cancellations",
      batch: 10,
      handlers: { "event.cancelled": each(CancelledNews, (news) => events.tellCancelled(news)) },
    },
  ];
}

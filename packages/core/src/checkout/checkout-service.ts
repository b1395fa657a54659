import type { Account } from "../account/account.ts";
import type { EventSale, SaleCatalog } from "../event/sale-catalog.ts";
import type { Hold } from "../hold/hold.ts";
import type { HoldService } from "../hold/hold-service.ts";
import type { HoldStore } from "../hold/hold-store.ts";
import type { Order } from "../order/order.ts";
import type { OrderStore } from "../order/order-store.ts";
import type { PaymentFlow, PaymentProgress } from "../payment/payment-flow.ts";
import type { Quote } from "../pricing/quote.ts";
import { derivedId, sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { type EventId, type HoldId, type IdempotencyKey, OrderId } from "../shared/ids.ts";
import type { CommitOutcome, OrderDraft } from "./order-draft.ts";
import type { OrderQueue } from "./order-queue.ts";

/**
 * hold -> claim + queue (one Redis step) -> order writer (batched commit) -> authorise -> commit seats -> capture ->
 * tickets. The order of steps is the design: nothing is asked of the provider before Postgres has the claim, and no
 * money is taken before Postgres has the sale; so a lost seat costs a cancelled authorisation, never a refund.
 */
export type CheckoutRequest = {
  readonly eventId: EventId;
  readonly holdId: HoldId;
  readonly quoteHash: string;
  readonly idempotencyKey: IdempotencyKey;
  readonly method: string;
};
export type CheckoutResult = { readonly orderId: string; readonly progress: PaymentProgress };

export type CheckoutServiceDeps = {
  readonly holds: HoldStore;
  readonly holdService: Pick<HoldService, "quoteOf">;
  readonly queue: OrderQueue;
  readonly orders: OrderStore;
  readonly payments: PaymentFlow;
  readonly catalog: SaleCatalog;
  readonly onEpochMissing: (eventId: EventId) => void;
};

/** Orders that may wait in one shard's stream before checkout answers "busy": about ten seconds of writing. */
export const ORDER_QUEUE_MAX = 20_000;
/** Seats of an order that waits for its payment are kept this long (3-D Secure takes people a while). */
export const PAY_WITHIN_MS = 10 * 60_000;
/** The writer answers within milliseconds; past this the fan is told to ask again with the same key. */
const ANSWER_TIMEOUT_MS = 8_000;

export function makeCheckoutService(deps: CheckoutServiceDeps) {
  const { holds, queue, orders, payments, catalog } = deps;

  async function start(account: Account, request: CheckoutRequest): Promise<CheckoutResult> {
    const orderId = OrderId.parse(derivedId("order", account.id, request.idempotencyKey));
    const requestHash = sha256Hex(
      JSON.stringify([request.eventId, request.holdId, request.quoteHash, request.method]),
    );
    const hold = await holds.find(request.eventId, request.holdId);
    if (hold?.accountId !== account.id)
      return resume(account, { orderId, requestHash, method: request.method });
    const sale = await catalog.require(request.eventId);
    const quote = await deps.holdService.quoteOf(hold);
    const draft = draftOf({
      account,
      request,
      orderId,
      requestHash,
      sale,
      hold,
      quote,
      replyTo: queue.replyTo,
    });
    const answer = queue.awaitAnswer(orderId, ANSWER_TIMEOUT_MS);
    const queued = await holds.claim({
      eventId: request.eventId,
      holdId: request.holdId,
      accountId: account.id,
      quoteHash: request.quoteHash,
      orderId,
      payload: JSON.stringify(draft),
      queueMax: ORDER_QUEUE_MAX,
    });
    switch (queued.kind) {
      case "queued":
        // A replay's answer may have gone to an earlier call, or the writer may be done already.
        if (queued.replayed) return resume(account, { orderId, requestHash, method: request.method, answer });
        return afterCommit(await answer, { orderId, method: request.method, account, requestHash });
      case "not_found":
        return resume(account, { orderId, requestHash, method: request.method });
      case "price_changed":
        throw new AppError(
          "price.changed",
          "The price you saw is not the price of this hold. Look at it again before you pay.",
          {
            details: { quoteHash: queued.quoteHash },
          },
        );
      case "busy":
        throw new AppError(
          "checkout.busy",
          "Very many people are paying right now. Your seats stay held; try again in a moment.",
          {
            details: { retryAfterMs: 3_000, queueLength: queued.queueLength },
          },
        );
      case "claimed_elsewhere":
        throw new AppError("hold.in_checkout", "These seats are already being paid for in another window.");
      case "epoch_missing":
        deps.onEpochMissing(request.eventId);
        throw new AppError(
          "inventory.rebuilding",
          "Seats are being counted again. Try once more in a few seconds; nothing was charged.",
          {
            details: { retryAfterMs: 2_000 },
          },
        );
    }
  }

  /** The hold is gone or already claimed: either this attempt ran before, or the time was over. Postgres knows. */
  async function resume(
    account: Account,
    attempt: { orderId: string; requestHash: string; method: string; answer?: Promise<CommitOutcome | null> },
  ): Promise<CheckoutResult> {
    const known = await findAttempt(account, attempt);
    if (known) return { orderId: known.id, progress: await payments.advance(known.id, attempt.method) };
    if (attempt.answer) return afterCommit(await attempt.answer, { ...attempt, account });
    throw new AppError(
      "hold.expired",
      "Your time for these seats is over and they went back on sale. Nothing was charged.",
    );
  }

  async function findAttempt(
    account: Account,
    attempt: { orderId: string; requestHash: string },
  ): Promise<Order | null> {
    const found = await orders.findOwn(attempt.orderId, account.id);
    if (!found) return null;
    const byKey = await orders.requestHashOf(attempt.orderId);
    if (byKey !== attempt.requestHash) throw keyReused();
    return found.order;
  }

  async function afterCommit(
    outcome: CommitOutcome | null,
    attempt: { orderId: string; method: string; account: Account; requestHash: string },
  ): Promise<CheckoutResult> {
    if (!outcome) {
      const known = await findAttempt(attempt.account, attempt);
      if (known) return { orderId: known.id, progress: await payments.advance(known.id, attempt.method) };
      throw new AppError(
        "checkout.pending",
        "Your order is waiting to be written. Ask again in a moment; you will not be charged twice.",
        {
          details: { retryAfterMs: 2_000, orderId: attempt.orderId },
        },
      );
    }
    switch (outcome.kind) {
      case "committed":
        return {
          orderId: outcome.orderId,
          progress: await payments.advance(outcome.orderId, attempt.method),
        };
      case "seats_taken":
      case "area_full":
        throw new AppError(
          "checkout.seats_lost",
          "Those seats were sold to someone else before your order arrived. Nothing was charged.",
        );
      case "limit":
        throw new AppError(
          "hold.limit",
          `You can have ${outcome.max} tickets for this event. Nothing was charged.`,
          {
            details: { max: outcome.max, bought: outcome.bought },
          },
        );
      case "key_reused":
        throw keyReused();
      case "event_closed":
        throw new AppError("event.not_on_sale", "This event is not on sale any more. Nothing was charged.");
    }
  }

  return { start };
}
export type CheckoutService = ReturnType<typeof makeCheckoutService>;

const keyReused = () =>
  new AppError("checkout.key_reused", "This idempotency key was used for another request.");

function draftOf(input: {
  account: Account;
  request: CheckoutRequest;
  orderId: OrderId;
  requestHash: string;
  sale: EventSale;
  hold: Hold;
  quote: Quote;
  replyTo: string;
}): OrderDraft {
  const { account, request, sale, quote } = input;
  return {
    orderId: input.orderId,
    eventId: sale.id,
    accountId: account.id,
    holdId: request.holdId,
    idempotencyKey: request.idempotencyKey,
    requestHash: input.requestHash,
    cart: input.hold.items,
    items: [...quote.items],
    priceVersion: quote.priceVersion,
    quoteHash: quote.hash,
    currency: quote.currency,
    faceMinor: quote.faceMinor,
    feeMinor: quote.feeMinor,
    taxAddedMinor: quote.taxAddedMinor,
    totalMinor: quote.totalMinor,
    email: account.email,
    maxPerFan: sale.event.maxPerFan,
    payWithinMs: PAY_WITHIN_MS,
    replyTo: input.replyTo,
  };
}

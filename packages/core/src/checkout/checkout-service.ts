import type { AccessGate } from "../access/access-gate.ts";
import type { Fan } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import { requirePublicEvent } from "../event/require-event.ts";
import type { SaleCatalog } from "../event/sale-catalog.ts";
import { presaleKeyOf } from "../event/sale-window.ts";
import { quoteOfHold } from "../hold/acquire-hold.ts";
import { isRebuilt } from "../hold/hold.ts";
import type { HoldStore } from "../hold/hold-store.ts";
import type { LineGate } from "../line/line-gate.ts";
import type { Order } from "../order/order.ts";
import type { OrderStore } from "../order/order-store.ts";
import type { PaymentFlow, PaymentProgress } from "./payment-flow.ts";
import type { Clock } from "../shared/clock.ts";
import { derivedId, sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import { type HoldId, type IdempotencyKey, OrderId } from "../shared/ids.ts";
import { buildDraft } from "./build-draft.ts";
import type { BuyerWordsInput, CommitOutcome } from "../order/order-draft.ts";
import type { OrderQueue } from "./order-queue.ts";
import type { PassReturn } from "./pass-return.ts";
import { claimRefused, commitRefused, holdOver, keyReused, notWrittenYet } from "./refusals.ts";

/**
 * hold -> claim + queue (one Redis step) -> order writer (batched commit) -> authorise -> commit seats -> capture ->
 * tickets. The order of steps is the design: nothing is asked of the provider before Postgres has the claim, and no
 * money is taken before Postgres has the sale; so a lost seat costs a cancelled authorisation, never a refund.
 */
export type CheckoutRequest = BuyerWordsInput & {
  readonly eventId: EventId;
  readonly holdId: HoldId;
  readonly quoteHash: string;
  readonly idempotencyKey: IdempotencyKey;
  readonly method: string;
};
export type CheckoutResult = { readonly orderId: OrderId; readonly progress: PaymentProgress };

export type CheckoutServiceDeps = {
  readonly holds: HoldStore;
  readonly queue: OrderQueue;
  readonly orders: OrderStore;
  readonly payments: PaymentFlow;
  readonly catalog: SaleCatalog;
  readonly gate: LineGate;
  readonly clock: Clock;
  readonly access: AccessGate;
  readonly passReturn: Pick<PassReturn, "afterPaying">;
  readonly onEpochMissing: (eventId: EventId) => void;
};

/** Orders that may wait in one shard's stream before checkout answers "busy": about ten seconds of writing. */
export const ORDER_QUEUE_MAX = 20_000;
/** The writer answers within milliseconds; past this the fan is told to ask again with the same key. */
const ANSWER_TIMEOUT_MS = 8_000;

export function makeCheckoutService(deps: CheckoutServiceDeps) {
  const { payments, passReturn } = deps;

  async function requireOwn({ account }: Fan, orderId: OrderId): Promise<Order> {
    const own = await deps.orders.findOwn(orderId, account.id);
    if (!own) throw new AppError("order.not_found");
    return own.order;
  }

  return {
    async start(actor: Fan, call: Pick<Call, "pass">, request: CheckoutRequest): Promise<CheckoutResult> {
      const result = await startCheckout(deps, attemptOf(actor, request), call);
      const { eventId } = request;
      if (result.progress.kind === "paid")
        await passReturn.afterPaying(result.orderId, { accountId: actor.account.id, eventId });
      return result;
    },

    /** Asks the provider how the payment of an own order stands, and goes on from there. */
    async refresh(actor: Fan, orderId: OrderId): Promise<CheckoutResult> {
      const order = await requireOwn(actor, orderId);
      const progress = await payments.advance(orderId, null);
      const eventId = order.eventId;
      if (progress.kind === "paid")
        await passReturn.afterPaying(orderId, { accountId: actor.account.id, eventId });
      return { orderId, progress };
    },

    /** The fan does not want to pay any more; one that is paid in the meantime stays. */
    async cancel(actor: Fan, orderId: OrderId): Promise<CheckoutResult> {
      await requireOwn(actor, orderId);
      return { orderId, progress: await payments.expire(orderId) };
    },
  };
}

/** One fan's attempt to pay for one hold; every retry of it has the same order id and the same hash. */
type Attempt = {
  readonly actor: Fan;
  readonly request: CheckoutRequest;
  readonly orderId: OrderId;
  readonly requestHash: string;
};

function attemptOf(actor: Fan, request: CheckoutRequest): Attempt {
  const { eventId, holdId, quoteHash, method, idempotencyKey } = request;
  return {
    actor,
    request,
    orderId: OrderId.parse(derivedId("order", actor.account.id, idempotencyKey)),
    requestHash: sha256Hex(JSON.stringify([eventId, holdId, quoteHash, method])),
  };
}

async function startCheckout(
  deps: CheckoutServiceDeps,
  attempt: Attempt,
  call: Pick<Call, "pass">,
): Promise<CheckoutResult> {
  const { holds, queue } = deps;
  const { actor, request, orderId, requestHash } = attempt;
  const accountId = actor.account.id;
  const { eventId, holdId, quoteHash, idempotencyKey } = request;
  const hold = await holds.find(eventId, holdId);
  const inCheckout = () => claimRefused({ kind: "claimed_elsewhere" });
  if (hold?.accountId !== accountId) return answerGone(deps, attempt, holdOver);
  // Its order stands in Postgres already, by this attempt or by another.
  if (isRebuilt(hold)) return answerGone(deps, attempt, inCheckout);
  const sale = await deps.catalog.requirePublic(eventId);
  const open = await deps.access.statusToKeep(actor, sale.event, hold);
  await deps.gate.require(actor, call, { sale, open, for: "pay", holdId });
  const quote = await quoteOfHold(deps, hold);
  const windowKey = presaleKeyOf(open);
  const draft = buildDraft({
    actor,
    orderId,
    requestHash,
    words: request,
    sale,
    hold,
    quote,
    windowKey,
    idempotencyKey,
    replyTo: queue.replyTo,
    nowMs: deps.clock.nowMs(),
  });
  const answer = queue.awaitAnswer(orderId, ANSWER_TIMEOUT_MS);
  const claim = await holds.claim({
    eventId,
    holdId,
    accountId,
    quoteHash,
    orderId,
    payload: JSON.stringify(draft),
    queueMax: ORDER_QUEUE_MAX,
  });
  switch (claim.kind) {
    case "queued": {
      // A replay's answer may have gone to an earlier call, or the writer may be done already.
      const known = claim.replayed ? await findAttempt(deps, attempt) : null;
      return known ?? afterCommit(deps, attempt, await answer);
    }
    case "not_found":
      return answerGone(deps, attempt, holdOver);
    case "claimed_elsewhere":
      return answerGone(deps, attempt, inCheckout);
    case "epoch_missing":
      deps.onEpochMissing(eventId);
      throw claimRefused(claim);
    case "price_changed":
    case "busy":
      throw claimRefused(claim);
  }
}

/** Goes on with an attempt that Postgres knows; otherwise `refusal` says why there is nothing to go on with. */
async function resume(
  deps: CheckoutServiceDeps,
  attempt: Attempt,
  refusal: () => Error,
): Promise<CheckoutResult> {
  const known = await findAttempt(deps, attempt);
  if (!known) throw refusal();
  return known;
}

/**
 * The hold is not there to be paid for: this attempt ran before, another one made it an order, or its time was over.
 * An order is answered as it stands, whichever page or tab asked; nobody is asked for money a second time.
 */
async function answerGone(
  deps: CheckoutServiceDeps,
  attempt: Attempt,
  refusal: () => Error,
): Promise<CheckoutResult> {
  const known = await findAttempt(deps, attempt);
  if (known) return known;
  const { eventId, holdId } = attempt.request;
  const other = await deps.orders.findByHold(holdId, attempt.actor.account.id);
  if (!other) {
    // What never was cannot have run out.
    await requirePublicEvent(deps.catalog, eventId);
    throw refusal();
  }
  const { id } = other.order;
  return { orderId: id, progress: await deps.payments.advance(id, null) };
}

async function findAttempt(deps: CheckoutServiceDeps, attempt: Attempt): Promise<CheckoutResult | null> {
  const found = await deps.orders.findOwn(attempt.orderId, attempt.actor.account.id);
  if (!found) return null;
  if ((await deps.orders.requestHashOf(attempt.orderId)) !== attempt.requestHash) throw keyReused();
  return pay(deps, attempt);
}

async function afterCommit(
  deps: CheckoutServiceDeps,
  attempt: Attempt,
  outcome: CommitOutcome | null,
): Promise<CheckoutResult> {
  if (!outcome) return resume(deps, attempt, () => notWrittenYet(attempt.orderId));
  if (outcome.kind !== "committed") throw commitRefused(outcome);
  return pay(deps, attempt);
}

async function pay(
  { payments }: CheckoutServiceDeps,
  { orderId, request }: Attempt,
): Promise<CheckoutResult> {
  return { orderId, progress: await payments.advance(orderId, request.method) };
}

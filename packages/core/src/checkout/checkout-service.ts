import type { AccessGate } from "../access/access-gate.ts";
import type { Fan, Installation } from "../actor/actor.ts";
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
import type { Clock } from "../shared/clock.ts";
import { derivedId, sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import type { EventId } from "../shared/ids.ts";
import { type HoldId, type IdempotencyKey, OrderId } from "../shared/ids.ts";
import { buildDraft } from "./build-draft.ts";
import type { BuyerWordsInput } from "../order/order-draft.ts";
import type { OpenOrder } from "../order/open-order.ts";
import type { OrderAnswer, PaymentProgress } from "./order-answer.ts";
import type { OrderAsk, OrderQueue } from "./order-queue.ts";
import { progressOf } from "./payment-progress.ts";
import type { PassReturn } from "./pass-return.ts";
import { claimRefused, commitRefused, holdOver, keyReused, notWrittenYet } from "./refusals.ts";

/**
 * hold -> claim + queue (one Redis step) -> the worker that owns the event: order and attempt to pay written (batched) ->
 * authorise -> seats sold -> capture -> tickets -> the answer. The order of steps is the design: nothing is asked of the
 * provider before Postgres has the claim, and no money is taken before Postgres has the sale; so a lost seat costs a
 * cancelled authorisation, never a refund. Whoever sells waits once for the final answer and moves nothing itself.
 */
export type CheckoutRequest = BuyerWordsInput & {
  readonly eventId: EventId;
  readonly holdId: HoldId;
  readonly quoteHash: string;
  readonly idempotencyKey: IdempotencyKey;
  readonly method: string;
};
export type CheckoutResult = { readonly orderId: OrderId; readonly progress: PaymentProgress };

export type PayRequest = {
  readonly orderId: OrderId;
  readonly method: string;
  /** The try to pay that this one follows, as the order shows it: two that follow the same one are one. */
  readonly after: number;
};

export type CheckoutServiceDeps = {
  readonly holds: HoldStore;
  readonly queue: Pick<OrderQueue, "ask" | "await">;
  readonly orders: Pick<
    OrderStore,
    "findOwn" | "findByHold" | "requestHashOf" | "openOrders" | "find" | "unparkOrder"
  >;
  /** Name of the provider that is asked for the money. */
  readonly provider: string;
  readonly catalog: SaleCatalog;
  readonly gate: LineGate;
  readonly clock: Clock;
  readonly access: AccessGate;
  readonly passReturn: Pick<PassReturn, "afterPaying">;
  readonly onEpochMissing: (eventId: EventId) => void;
};

/** Entries that may wait in one shard's stream before checkout answers "busy": a few seconds of work. */
export const ORDER_QUEUE_MAX = 5_000;
/** The worker answers within milliseconds and a slow bank within seconds; past this the order is read as it stands. */
const ANSWER_TIMEOUT_MS = 8_000;

export function makeCheckoutService(deps: CheckoutServiceDeps) {
  const { passReturn } = deps;

  async function requireOwn({ account }: Fan, orderId: OrderId): Promise<Order> {
    const own = await deps.orders.findOwn(orderId, account.id);
    if (!own) throw new AppError("order.not_found");
    return own.order;
  }

  async function told(actor: Fan, eventId: EventId, result: CheckoutResult): Promise<CheckoutResult> {
    if (result.progress.kind === "paid")
      await passReturn.afterPaying(result.orderId, { accountId: actor.account.id, eventId });
    return result;
  }

  return {
    async start(actor: Fan, call: Pick<Call, "pass">, request: CheckoutRequest): Promise<CheckoutResult> {
      return told(actor, request.eventId, await startCheckout(deps, attemptOf(actor, request), call));
    },

    /** Asks the provider how the payment of an own order stands, and goes on from there. */
    async refresh(actor: Fan, orderId: OrderId): Promise<CheckoutResult> {
      const { eventId } = await requireOwn(actor, orderId);
      return told(actor, eventId, await goOn(deps, orderId));
    },

    /** Pays an own order another way, by the rules of the first time, while its seats are kept. */
    async pay(actor: Fan, { orderId, method, after }: PayRequest): Promise<CheckoutResult> {
      const { eventId } = await requireOwn(actor, orderId);
      return told(actor, eventId, await goOn(deps, orderId, { kind: "pay", method, attempt: after + 1 }));
    },

    /** The fan does not want to pay any more; one that is paid in the meantime stays. */
    async cancel(actor: Fan, orderId: OrderId): Promise<CheckoutResult> {
      await requireOwn(actor, orderId);
      return goOn(deps, orderId, { kind: "cancel" });
    },

    /** A person looked at a parked order and has it gone on with. false: it is not parked. */
    async retry(actor: Installation, orderId: OrderId): Promise<boolean> {
      const isParked = await deps.orders.unparkOrder(actor, orderId);
      if (isParked) await look(deps, orderId);
      return isParked;
    },

    /** A provider's news about an order: whoever owns its event looks how it stands. Nobody waits for it. */
    look: (orderId: OrderId) => look(deps, orderId),
  };
}

async function look({ orders, queue }: CheckoutServiceDeps, orderId: OrderId): Promise<void> {
  const found = await orders.find(orderId);
  if (!found) return;
  const ask = { orderId, want: { kind: "go_on" }, replyTo: null } as const;
  await queue.ask(found.order.eventId, ask, ORDER_QUEUE_MAX);
}

/** What an order needs now is asked of the worker that owns its event; an order that is over or waits for its fan is read. */
async function goOn(
  deps: CheckoutServiceDeps,
  orderId: OrderId,
  want: OrderAsk["want"] = { kind: "go_on" },
): Promise<CheckoutResult> {
  const order = await requireOpen(deps, orderId);
  const known = progressAfter(want, order);
  const waitsForUs = known.kind === "pending" || known.kind === "requires_action";
  const isAskable = order.state === "awaiting_payment" || order.state === "committed";
  if (!isAskable || (want.kind === "go_on" && !waitsForUs)) return { orderId, progress: known };
  const waiting = deps.queue.await(null, ANSWER_TIMEOUT_MS);
  const queued = await deps.queue.ask(
    order.eventId,
    { orderId, want, replyTo: waiting.replyTo },
    ORDER_QUEUE_MAX,
  );
  if (!queued) throw claimRefused({ kind: "busy", queueLength: ORDER_QUEUE_MAX });
  const answer = await waiting.answer;
  if (answer && "progress" in answer) return { orderId, progress: answer.progress };
  return { orderId, progress: progressAfter(want, await requireOpen(deps, orderId)) };
}

/** How the try before ended is no answer to the one that was asked for now: that one waits in the queue. */
function progressAfter(want: OrderAsk["want"], order: OpenOrder): PaymentProgress {
  const isAhead =
    want.kind === "pay" &&
    order.state === "awaiting_payment" &&
    order.totalMinor > 0 &&
    (order.payment?.attempt ?? 0) < want.attempt;
  return isAhead ? { kind: "pending", waitsFor: "queue" } : progressOf(order, "queue");
}

async function requireOpen({ orders }: CheckoutServiceDeps, orderId: OrderId): Promise<OpenOrder> {
  const [order] = await orders.openOrders([orderId]);
  if (!order) throw new AppError("order.not_found");
  return order;
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
  const waiting = queue.await(orderId, ANSWER_TIMEOUT_MS);
  const draft = buildDraft({
    actor,
    orderId,
    requestHash,
    words: request,
    sale,
    hold,
    quote,
    windowKey: presaleKeyOf(open),
    idempotencyKey,
    provider: deps.provider,
    method: request.method,
    replyTo: waiting.replyTo,
    nowMs: deps.clock.nowMs(),
  });
  const claim = await holds.claim({
    eventId,
    // One that was joined to others meanwhile costs something else, and its fan is told so.
    holdId: hold.id,
    accountId,
    quoteHash,
    orderId,
    payload: JSON.stringify(draft),
    queueMax: ORDER_QUEUE_MAX,
  });
  switch (claim.kind) {
    case "queued": {
      // A replay's answer may have gone to an earlier call, or the worker may be done already.
      const known = claim.replayed ? await findAttempt(deps, attempt) : null;
      return known ?? afterAnswer(deps, attempt, await waiting.answer);
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
  return goOn(deps, other.order.id);
}

async function findAttempt(deps: CheckoutServiceDeps, attempt: Attempt): Promise<CheckoutResult | null> {
  const found = await deps.orders.findOwn(attempt.orderId, attempt.actor.account.id);
  if (!found) return null;
  if ((await deps.orders.requestHashOf(attempt.orderId)) !== attempt.requestHash) throw keyReused();
  return goOn(deps, attempt.orderId);
}

/** Past its time the order is read once, as it stands. */
async function afterAnswer(
  deps: CheckoutServiceDeps,
  { orderId }: Attempt,
  answer: OrderAnswer | null,
): Promise<CheckoutResult> {
  if (answer && "progress" in answer) return { orderId, progress: answer.progress };
  if (answer && answer.refused.kind !== "committed") throw commitRefused(answer.refused);
  const [order] = await deps.orders.openOrders([orderId]);
  if (!order) throw notWrittenYet(orderId);
  return { orderId, progress: progressOf(order, "queue") };
}

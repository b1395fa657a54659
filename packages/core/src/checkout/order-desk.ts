import type { EventOwner } from "../order/event-owner.ts";
import type { OpenOrder } from "../order/open-order.ts";
import type { CommitOutcome, OrderDraft, ReplyTo } from "../order/order-draft.ts";
import { EventLost, type OrderStore } from "../order/order-store.ts";
import { paymentKey } from "../payment/payment-key.ts";
import { makeBatcher } from "../shared/batcher.ts";
import type { Clock } from "../shared/clock.ts";
import type { EventId, OrderId } from "../shared/ids.ts";
import { makeUnderWay } from "../shared/under-way.ts";
import type { OrderAnswer, PaymentProgress } from "./order-answer.ts";
import type { OrderAsk, OrderQueue, QueuedEntry } from "./order-queue.ts";
import type { PaymentFlow } from "./payment-flow.ts";
import { type UndoDeps, undoRefused } from "./undo-refused.ts";

/** Orders in one transaction: past this the gain per order is gone and the wait of the first one grows. */
export const BATCH_MAX = 200;
/**
 * Payments under way in one worker. Past this it reads no more: the streams grow, and checkout says that it is busy before
 * anybody waits longer than they would believe.
 */
const PAYMENTS_UNDER_WAY_MAX = 600;
const ANSWERS_MAX = 1_000;

export type OrderDeskDeps = UndoDeps & {
  readonly queue: Pick<OrderQueue, "answer" | "acknowledge" | "setAside">;
  readonly orders: Pick<OrderStore, "commitOrders" | "openOrders">;
  readonly payments: Pick<PaymentFlow, "begin" | "goOn" | "pay" | "giveBack">;
  readonly owner: Pick<EventOwner, "fencesOf">;
  readonly clock: Clock;
  /** A fault of one draft's data, not of the connection or the server. */
  readonly isOneToBlame: (error: unknown) => boolean;
  /** Nothing is lost: the entry is read again, or the order found by its state. */
  readonly onError: (error: unknown, about: { eventId: EventId; orderId?: OrderId }) => void;
};

/** What is done with the entries of an event once they are read. */
export function makeOrderDesk(deps: OrderDeskDeps) {
  const { queue, payments } = deps;
  const underWay = makeUnderWay(PAYMENTS_UNDER_WAY_MAX);
  const tell = makeTeller(queue);
  const decide = makeDecide(deps);

  /** From here on the order is found by its state, whatever becomes of this process. */
  function goAhead(
    about: { eventId: EventId; orderId: OrderId },
    replyTo: ReplyTo | null,
    work: () => Promise<PaymentProgress>,
  ): void {
    const followed = async () => {
      try {
        await tell(replyTo, { progress: await work() });
      } catch (error) {
        // Its new owner goes on with it, and nobody here knows how far it comes.
        if (error instanceof EventLost) return;
        deps.onError(error, about);
        await tell(replyTo, { progress: { kind: "pending", waitsFor: "queue" } });
      }
    };
    underWay.add(followed());
  }

  function serve(eventId: EventId, { orderId, want, replyTo }: OrderAsk): void {
    goAhead({ eventId, orderId }, replyTo, () => {
      switch (want.kind) {
        case "go_on":
          return payments.goOn(orderId);
        case "pay":
          return payments.pay(orderId, want);
        case "cancel":
          return payments.giveBack(orderId);
      }
    });
  }

  return {
    /** Ends when Postgres has what the entries are about, and they are acknowledged; payments go on. */
    async take(eventId: EventId, entries: readonly QueuedEntry[]): Promise<void> {
      const decided = await Promise.all(
        entries.map(async (entry) => ({
          entry,
          outcome: entry.draft ? await decide(eventId, entry) : null,
        })),
      );
      const refused = decided.flatMap(({ entry: { draft }, outcome }) =>
        draft && outcome && outcome.kind !== "committed" ? [{ draft, outcome }] : [],
      );
      await undoRefused(deps, eventId, refused);
      await Promise.all(refused.map(({ draft, outcome }) => tell(draft.replyTo, { refused: outcome })));
      const acknowledged = queue.acknowledge(
        eventId,
        entries.map(({ entryId }) => entryId),
      );
      // Not waited for before the bank is asked: Postgres has the orders, and an entry read again changes nothing.
      for (const { entry, outcome } of decided) {
        if (entry.ask) serve(eventId, entry.ask);
        else if (outcome?.kind === "committed") {
          const { draft } = entry;
          goAhead(draft, draft.replyTo, () =>
            outcome.replayed ? payments.goOn(outcome.orderId) : payments.begin(openOrderOf(draft)),
          );
        }
      }
      await acknowledged;
    },
    isFull: () => underWay.isFull(),
    room: () => underWay.room(),
    idle: () => underWay.idle(),
  };
}

/** One message per process for all that is answered in the same moment. Whoever waits in vain reads how it stands. */
function makeTeller(queue: Pick<OrderQueue, "answer">) {
  const answer = makeBatcher<"all", { replyTo: ReplyTo; answer: OrderAnswer }, true>({
    max: ANSWERS_MAX,
    run: async (_, answers) => {
      await queue.answer(answers);
      return answers.map(() => true as const);
    },
  });
  return async (replyTo: ReplyTo | null, what: OrderAnswer): Promise<void> => {
    if (replyTo) await answer("all", { replyTo, answer: what }).catch(() => undefined);
  };
}

/** null: the draft was put aside, because its own data fails whatever batch it is in. */
function makeDecide(deps: OrderDeskDeps) {
  const { orders, owner, queue, holds, clock } = deps;
  const commit = makeBatcher<EventId, OrderDraft, CommitOutcome>({
    max: BATCH_MAX,
    isOneToBlame: deps.isOneToBlame,
    run: (eventId, drafts) => orders.commitOrders(drafts, owner.fencesOf(eventId)),
  });

  return async (
    eventId: EventId,
    entry: QueuedEntry & { draft: OrderDraft },
  ): Promise<CommitOutcome | null> => {
    const { draft } = entry;
    const { orderId, holdId } = draft;
    const isLate = draft.askedAtMs + draft.payWithinMs < clock.nowMs();
    if (isLate && (await orders.openOrders([orderId])).length === 0) return { kind: "too_late", orderId };
    try {
      return await commit(eventId, draft);
    } catch (error) {
      if (!deps.isOneToBlame(error)) throw error;
      deps.onError(error, { eventId, orderId });
      await queue.setAside(eventId, entry, String(error));
      await holds.settleFreed([{ eventId, holdId }]);
      return null;
    }
  };
}

/** An order that was committed a moment ago, as Postgres has it. */
function openOrderOf(draft: OrderDraft): OpenOrder {
  const { orderId, eventId, accountId, holdId, totalMinor, currency, items, provider, method } = draft;
  const first = {
    attempt: 1,
    provider,
    key: paymentKey(orderId, 1),
    method,
    providerRef: null,
    state: "created",
    actionUrl: null,
    declineReason: null,
  } as const;
  return {
    orderId,
    eventId,
    accountId,
    holdId,
    state: "awaiting_payment",
    reason: null,
    totalMinor,
    currency,
    itemCount: items.length,
    isLate: false,
    eventState: "on_sale",
    isParked: false,
    payment: totalMinor > 0 ? first : null,
  };
}

import type { EventOwner } from "../order/event-owner.ts";
import type { OpenOrder } from "../order/open-order.ts";
import {
  EventLost,
  type Fences,
  type OrderStore,
  type PaymentAnswer,
  type Stage,
} from "../order/order-store.ts";
import { must } from "../shared/assert.ts";
import { makeBatcher } from "../shared/batcher.ts";
import type { EventId, OrderId, TicketId } from "../shared/ids.ts";

/** Orders in one transaction: past this the gain per order is gone and the wait of the first one grows. */
const BATCH_MAX = 200;

type Captured = PaymentAnswer & { readonly ticketIds: readonly TicketId[] };

export type OrderStages = {
  /** Records what the provider said and sells the seats of what is authorised; the order as it is then. */
  settle(eventId: EventId, answer: PaymentAnswer): Promise<OpenOrder>;
  /** The same for a capture: tickets, ledger and mail of what is captured. */
  confirm(eventId: EventId, captured: Captured): Promise<OpenOrder>;
};

export type OrderStagesDeps = {
  readonly orders: Pick<OrderStore, "settlePayments" | "confirmCaptured">;
  readonly owner: Pick<EventOwner, "fencesOf" | "lost">;
  /** A fault of the data of one order, not of the connection or the server. */
  readonly isOneToBlame: (error: unknown) => boolean;
};

/** One order's own data is at fault, so that doing it again would fail again. */
export class StageFailed extends Error {
  override readonly name = "StageFailed";
  readonly stage: Stage;
  constructor(stage: Stage, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.stage = stage;
  }
}

/**
 * The stages of a payment that Postgres does: each takes all orders of an event that are ready for it in one statement and
 * one transaction. An order that fails its batch is found by halving and fails alone.
 */
export function makeOrderStages({ orders, owner, isOneToBlame }: OrderStagesDeps): OrderStages {
  function makeStage<In extends { orderId: OrderId }>(
    stage: Stage,
    write: (batch: readonly In[], fences: Fences) => Promise<OpenOrder[]>,
  ): (eventId: EventId, input: In) => Promise<OpenOrder> {
    const ask = makeBatcher<EventId, In, OpenOrder>({
      max: BATCH_MAX,
      isOneToBlame,
      async run(eventId, batch) {
        const written = await write(batch, owner.fencesOf(eventId)).catch((error: unknown) => {
          if (error instanceof EventLost) owner.lost(eventId);
          throw error;
        });
        const byId = new Map(written.map((order) => [order.orderId, order]));
        return batch.map(({ orderId }) => must(byId.get(orderId), "orders are never deleted"));
      },
    });
    return (eventId, input) =>
      ask(eventId, input).catch((error: unknown) => {
        throw isOneToBlame(error) ? new StageFailed(stage, error) : error;
      });
  }
  return {
    settle: makeStage("settle", orders.settlePayments),
    confirm: makeStage<Captured>("confirm", orders.confirmCaptured),
  };
}

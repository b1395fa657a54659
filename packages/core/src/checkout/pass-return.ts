import type { PlaceService } from "../line/place-service.ts";
import type { Order } from "../order/order.ts";
import type { OrderStore } from "../order/order-store.ts";
import type { AccountId, EventId } from "../shared/ids.ts";
import type { OrderId } from "../shared/ids.ts";

export type PassReturnDeps = {
  readonly orders: Pick<OrderStore, "find">;
  readonly places: Pick<PlaceService, "bought">;
  /** The room is away. Nothing waits for it: the job tries again, and a pass runs out by itself. */
  readonly onKept: (error: unknown, orderId: OrderId) => void;
};

type PaidOrder = Pick<Order, "id" | "accountId" | "eventId" | "createdAtMs">;

/**
 * A fan whose tickets are paid does not need the pass any more: it goes to the next fan. Checkout gives it back at
 * once. The job that mails the tickets does so again, with the order that it has read, for payments that ended elsewhere
 * or while the room was away.
 * Safe to repeat.
 */
export function makePassReturn({ orders, places, onKept }: PassReturnDeps) {
  const readOrder = async (orderId: OrderId) => (await orders.find(orderId))?.order ?? null;

  return {
    /** Of whom and in which event is known already: the order is read only where a line stands. */
    async afterPaying(
      orderId: OrderId,
      { accountId, eventId }: { accountId: AccountId; eventId: EventId },
    ): Promise<void> {
      const orderedAtMs = async () => (await readOrder(orderId))?.createdAtMs ?? null;
      await places
        .bought({ accountId, eventId, orderedAtMs })
        .catch((error: unknown) => onKept(error, orderId));
    },

    async ofPaidOrder({ id, accountId, eventId, createdAtMs }: PaidOrder): Promise<void> {
      await places
        .bought({ accountId, eventId, orderedAtMs: () => Promise.resolve(createdAtMs) })
        .catch((error: unknown) => onKept(error, id));
    },
  };
}
export type PassReturn = ReturnType<typeof makePassReturn>;

import type { OrderId } from "../shared/ids.ts";
import type { PaymentProgress } from "./order-answer.ts";

/** One thing at a time for each order; different orders do not wait for each other. */
export function makeInHand() {
  const current = new Map<OrderId, Promise<PaymentProgress>>();
  return {
    of: (orderId: OrderId) => current.get(orderId),
    after(orderId: OrderId, work: () => Promise<PaymentProgress>): Promise<PaymentProgress> {
      const before = current.get(orderId);
      const mine = (
        before
          ? before.then(
              () => work(),
              () => work(),
            )
          : work()
      ).finally(() => {
        if (current.get(orderId) === mine) current.delete(orderId);
      });
      current.set(orderId, mine);
      return mine;
    },
  };
}

import type { Order } from "../order/order.ts";
import type { OrderId } from "../shared/ids.ts";

/** What a letter about an order is written from. */
export type LetterOrder = Pick<
  Order,
  | "id"
  | "eventId"
  | "accountId"
  | "reference"
  | "email"
  | "locale"
  | "currency"
  | "totalMinor"
  | "items"
  | "state"
  | "createdAtMs"
>;

export interface LetterOrders {
  /** In any order; one that is unknown is left out. */
  find(orderIds: readonly OrderId[]): Promise<LetterOrder[]>;
}

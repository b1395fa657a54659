import type { EventId } from "../shared/ids.ts";
import type { Page, PageAsk } from "../shared/page.ts";
import type { Order, OrderState } from "./order.ts";

export type OrderSearch = {
  readonly eventId: EventId | null;
  /** The address it was bought with, or that the account has now. */
  readonly email: string | null;
  /** What its reference begins with. */
  readonly reference: string | null;
  /** Orders with one of these seats of `eventId`, also those that are over. */
  readonly seatNos: readonly number[] | null;
  readonly state: OrderState | null;
};

export interface OrderSearchStore {
  /** Newest first. */
  search(ask: PageAsk & OrderSearch): Promise<Page<Order>>;
}

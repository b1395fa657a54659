import type { OrderPage } from "@onsale/contract/order";
import { endWords } from "./end-words.ts";

/** How an order stands that awaits no payment. */
export function statusWords({ order, tickets, event }: OrderPage): { title: string; words: string } {
  switch (order.state) {
    case "paid":
      if (event.state === "cancelled")
        return {
          title: "This event was cancelled.",
          words:
            order.totalMinor === 0
              ? "The tickets below are not valid any more."
              : "The tickets below are not valid any more. What you paid has not been returned yet: ask the organizer for it, with the number of this order.",
        };
      return {
        title: tickets.length === 1 ? "Your ticket is here." : "Your tickets are here.",
        words: "Show the code at the door, on this screen or on paper. You find it again under My tickets.",
      };
    case "awaiting_payment":
    case "committed":
      return {
        title: "The seats are yours.",
        words:
          "The last step of the payment is running. Your tickets follow as soon as it is done; this page shows them by itself.",
      };
    case "refunded":
      return { title: "This order was refunded.", words: "The money is on its way back to you." };
    case "failed":
    case "cancelled":
      return endWords(order.reason);
  }
}

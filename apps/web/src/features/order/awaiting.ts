import type { OrderView } from "@onsale/contract/order";

/** How an order stands that awaits its payment, for the fan who may do something about it. */
export type Awaiting =
  /** There is nothing to pay. */
  | "free"
  /** The time to pay has run out, and nobody has ended it yet. */
  | "late"
  /** Nobody has got to what was asked for. */
  | "queue"
  | "declined"
  /** The try before ended without a word of the bank, such as for another way that did not come to be. */
  | "called_off"
  /** The fan confirms with the bank. */
  | "confirm"
  | "bank";

export function awaitingOf(
  { totalMinor, payment }: Pick<OrderView, "totalMinor" | "payment">,
  known: {
    readonly isLate: boolean;
    /** The API was asked, and nobody who works the queue answered. */
    readonly inQueue: boolean;
    /** The fan has asked for a try after this one; null: has not. */
    readonly asked: number | null;
  },
): Awaiting {
  if (totalMinor === 0) return "free";
  if (known.isLate) return "late";
  if (!payment || (known.asked !== null && payment.attempt <= known.asked)) return "queue";
  if (payment.state === "declined") return "declined";
  if (payment.state === "voided") return "called_off";
  if (payment.state === "requires_action" && payment.actionUrl !== null) return "confirm";
  return known.inQueue ? "queue" : "bank";
}

/** May be paid another way; the bank is told to forget the try before. */
export const isPayable = (awaiting: Awaiting): boolean =>
  awaiting === "declined" || awaiting === "called_off" || awaiting === "confirm" || awaiting === "bank";

/** What has happened, what will, and what to do. `until`: when the time to pay is over. */
export function awaitingWords(awaiting: Awaiting, until: string): { title: string; words: string } {
  switch (awaiting) {
    case "free":
      return {
        title: "Your tickets are on their way.",
        words: "There is nothing to pay. This page goes on by itself as soon as your order has its turn.",
      };
    case "late":
      return {
        title: "The time to pay is over.",
        words:
          "If your bank agreed in time, the tickets are yours; if not, the seats are given back and nothing is charged. This page finds out by itself.",
      };
    case "queue":
      return {
        title: "Your order is waiting its turn.",
        words: `Orders are not being worked off at the moment. Nothing is charged yet. Yours goes on by itself as soon as they are, and so does this page; do not pay again. If your bank has not agreed by ${until}, the seats are given back and nothing is charged.`,
      };
    case "declined":
      return {
        title: "The bank declined the payment.",
        words: `Nothing was charged. Your seats are kept until ${until}: pay another way, or give them back.`,
      };
    case "called_off":
      return {
        title: "Your seats are not paid yet.",
        words: `The payment before was called off, and nothing was charged. Your seats are kept until ${until}: pay for them, or give them back.`,
      };
    case "confirm":
      return {
        title: "Your bank asks you to confirm this payment.",
        words: `Nothing is charged before you do. Your seats are kept until ${until}.`,
      };
    case "bank":
      return {
        title: "Your payment is on its way.",
        words: `Your bank has not answered yet; this page goes on by itself when it does. Your seats are kept until ${until}. If it has not agreed by then, they are given back and nothing is charged.`,
      };
  }
}

/** Why an order ended without tickets, for the fan; `reason` is the order's code. Never leaves the money unsaid. */
export function endWords(reason: string | null): { title: string; words: string } {
  switch (reason) {
    case "declined":
      return {
        title: "The bank declined the payment.",
        words:
          "Nothing was charged, and the seats are free again. Choose them once more and pay in another way.",
      };
    case "expired":
      return {
        title: "The payment did not arrive in time.",
        words: "Nothing was charged, and the seats went back to everyone.",
      };
    case "seats_lost":
      return {
        title: "The seats were gone before the payment arrived.",
        words: "Nothing was charged: the bank was told to release the money.",
      };
    case "event_cancelled":
      return {
        title: "The event was cancelled before your payment arrived.",
        words: "Nothing was charged: the bank was told to release the money.",
      };
    case "event_ended":
      return {
        title: "The sale ended before your payment arrived.",
        words: "Nothing was charged: the bank was told to release the money.",
      };
    case "released":
    case "voided":
      return { title: "This order was cancelled.", words: "Nothing was charged." };
    case null:
    default:
      return { title: "This order did not go through.", words: "Nothing was charged." };
  }
}

/** Ways to pay in the sandbox, named for what they do; the keys are the provider's. */
export const SANDBOX_METHODS = [
  { key: "card_ok", label: "Card that works", hint: "Pays at once." },
  {
    key: "card_3ds",
    label: "Card with a 3-D Secure step",
    hint: "Sends you to a sandbox bank to confirm, and back.",
  },
  {
    key: "card_declined",
    label: "Card that declines",
    hint: "The bank refuses; your seats are freed at once.",
  },
  {
    key: "card_stall",
    label: "Bank that does not answer for a while",
    hint: "The order waits, then goes on by itself.",
  },
  { key: "card_late_webhook", label: "Bank that answers later", hint: "The answer arrives by webhook." },
  {
    key: "card_duplicate_webhook",
    label: "Bank that tells us twice",
    hint: "The second message changes nothing.",
  },
] as const;

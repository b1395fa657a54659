/** Ways to pay in the sandbox, named for what they do. Nothing here touches real money. */
export const SANDBOX_METHODS = {
  card_ok: "A card that works",
  card_declined: "A card that is declined",
  card_3ds: "A card that asks for confirmation (3-D Secure)",
  card_stall: "A bank that does not answer for a while",
  card_slow: "A bank that takes its time",
  card_late_webhook: "A bank that answers later",
  card_duplicate_webhook: "A bank that tells us twice",
} as const;
export type SandboxMethod = keyof typeof SANDBOX_METHODS;

export function isSandboxMethod(method: string): method is SandboxMethod {
  return Object.hasOwn(SANDBOX_METHODS, method);
}

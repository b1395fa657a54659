/**
 * Thrown when a provider understood the question and will not do it: it knows no such payment, or the call is a wrong one.
 * Nothing was done, and the same call again is refused again.
 */
export class ProviderRefusal extends Error {
  override readonly name = "ProviderRefusal";
  readonly code: ProviderRefusalCode;

  constructor(code: ProviderRefusalCode) {
    super(code);
    this.code = code;
  }
}

/** `key_reused`: the idempotency key was given to another call before. */
export const PROVIDER_REFUSALS = ["unknown_payment", "key_reused", "invalid_call"] as const;
export type ProviderRefusalCode = (typeof PROVIDER_REFUSALS)[number];

import type { OrderId } from "../shared/ids.ts";
/** What a provider says about one payment. `state` is the provider's truth at the time of the answer. */
export type ProviderPayment = {
  readonly providerRef: string;
  readonly state: "requires_action" | "authorised" | "captured" | "declined" | "voided" | "refunded";
  readonly amountMinor: number;
  readonly currency: string;
  readonly actionUrl: string | null;
  readonly declineReason: string | null;
};

/** A fact that a provider sends us, after its signature was checked. */
export type ProviderEvent = { readonly eventId: string; readonly providerRef: string; readonly type: string };

/** Thrown when the outcome is not known: time-out, broken connection, 5xx. The same call may be repeated. */
export class ProviderUnavailable extends Error {
  override readonly name = "ProviderUnavailable";
}

/**
 * A payment provider. Every write takes an idempotency key and may be repeated; none is called while a transaction or
 * a lock is open. Amounts are minor units.
 */
export interface PaymentProvider {
  readonly name: string;
  authorise(input: {
    idempotencyKey: string;
    orderId: OrderId;
    /** 1, 2, ...: which try to pay this order; each has its own key. */
    attempt: number;
    amountMinor: number;
    currency: string;
    method: string;
    returnUrl: string;
  }): Promise<ProviderPayment>;
  capture(input: {
    idempotencyKey: string;
    providerRef: string;
    amountMinor: number;
  }): Promise<ProviderPayment>;
  /** Cancels an authorisation: the money was never taken. */
  voidPayment(input: { idempotencyKey: string; providerRef: string }): Promise<ProviderPayment>;
  refund(input: {
    idempotencyKey: string;
    providerRef: string;
    amountMinor: number;
  }): Promise<ProviderPayment>;
  find(providerRef: string): Promise<ProviderPayment | null>;
  /** By the key it was asked for with: how a payment whose answer was lost is found again. */
  findByKey(idempotencyKey: string): Promise<ProviderPayment | null>;
  /** Checks the signature over the raw body; null when it is forged, stale or unreadable. */
  readWebhook(
    rawBody: Uint8Array,
    headers: Readonly<Record<string, string | undefined>>,
  ): ProviderEvent | null;
}

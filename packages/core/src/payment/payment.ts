import type { OrderId, PaymentId } from "../shared/ids.ts";
import { z } from "zod";

/**
 * created: written down before the provider is asked.
 *
 * created -> (requires_action) -> authorised -> captured -> (refunded)
 *         -> declined | voided.  A stalled provider leaves `created` until asked again.
 */
export const PaymentState = z.enum([
  "created",
  "requires_action",
  "authorised",
  "captured",
  "declined",
  "voided",
  "refunded",
]);
export type PaymentState = z.infer<typeof PaymentState>;

export const PAYMENT_NEXT = {
  created: ["requires_action", "authorised", "declined", "voided"],
  requires_action: ["authorised", "declined", "voided"],
  authorised: ["captured", "voided"],
  captured: ["refunded"],
  declined: [],
  voided: [],
  refunded: [],
} as const satisfies Record<PaymentState, readonly PaymentState[]>;

export type Payment = {
  readonly id: PaymentId;
  readonly orderId: OrderId;
  /** 1, 2, ...: each try to pay an order is a payment of its own; at most one of them is neither declined nor voided. */
  readonly attempt: number;
  readonly provider: string;
  /** Names the attempt to the provider. */
  readonly key: string;
  readonly method: PaymentMethod;
  readonly providerRef: string | null;
  readonly state: PaymentState;
  readonly amountMinor: number;
  readonly currency: string;
  /** Where the fan confirms (3-D Secure); only in requires_action, and null where the bank asks nobody. */
  readonly actionUrl: string | null;
  readonly declineReason: string | null;
};

/** Opaque name of how the fan pays, from the provider's own widget; never a card number. */
export const PaymentMethod = z.string().regex(/^[a-z0-9_]{1,64}$/);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

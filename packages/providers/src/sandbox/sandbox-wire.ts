import { PROVIDER_REFUSALS } from "@onsale/core/payment/provider-refusal";
import { OrderId } from "@onsale/core/shared/ids";
import { z } from "zod";

/**
 * What goes over the wire between a shop and a sandbox that is a process of its own: JSON in both directions, the key as
 * `authorization: Bearer`, the name of an attempt as `idempotency-key`. docs/sandbox.md lists the calls.
 */
export const PAYMENTS_PATH = "/v1/payments";
export const PAGE_MAX = 1_000;

const Amount = z.int().min(0);
const Currency = z.string().regex(/^[A-Z]{3}$/);
const Ref = z.string().min(1).max(100);
export const WireKey = z.string().min(1).max(200);

export const WireAuthorise = z.object({
  orderId: OrderId,
  attempt: z.int().min(1),
  amountMinor: Amount,
  currency: Currency,
  method: z.string().min(1).max(64),
  returnUrl: z.url({ protocol: /^https?$/ }).max(2_000),
});

/** Of `capture` and `refund`; `void` has none. */
export const WireMoney = z.object({ amountMinor: Amount });

export const WirePayment = z.object({
  providerRef: Ref,
  state: z.enum(["requires_action", "authorised", "captured", "declined", "voided", "refunded"]),
  amountMinor: Amount,
  currency: Currency,
  actionUrl: z.string().nullable(),
  declineReason: z.string().nullable(),
});

const WireEntry = WirePayment.extend({ orderId: OrderId, openedAtMs: z.int() });
export type WireEntry = z.infer<typeof WireEntry>;

/** `next`: give it as `after` to read on; null: that was all. */
export const WireList = z.object({ payments: z.array(WireEntry), next: Ref.nullable() });
/** Those with this key, or of this order: one at most. */
export const WireFound = z.object({ payments: z.array(WirePayment).max(1) });

export const WireRefusal = z.object({ error: z.object({ code: z.enum(PROVIDER_REFUSALS) }) });

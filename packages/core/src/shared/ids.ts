import { z } from "zod";

export const AccountId = z.uuid().brand<"AccountId">();
export type AccountId = z.infer<typeof AccountId>;
export const EventId = z.uuid().brand<"EventId">();
export type EventId = z.infer<typeof EventId>;
export const HoldId = z.uuid().brand<"HoldId">();
export type HoldId = z.infer<typeof HoldId>;
export const OrderId = z.uuid().brand<"OrderId">();
export type OrderId = z.infer<typeof OrderId>;
export const TicketId = z.uuid().brand<"TicketId">();
export type TicketId = z.infer<typeof TicketId>;
export const PaymentId = z.uuid().brand<"PaymentId">();
export type PaymentId = z.infer<typeof PaymentId>;
export const VenueId = z.uuid().brand<"VenueId">();
export type VenueId = z.infer<typeof VenueId>;
export const LayoutId = z.uuid().brand<"LayoutId">();
export type LayoutId = z.infer<typeof LayoutId>;

/** A client's name for one attempt; the same key again is the same attempt (IETF Idempotency-Key, 16-64 chars here). */
export const IdempotencyKey = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, "16 to 64 letters, digits, - or _");
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;

/** Dense number of a seat of a published event: 0..n-1, in layout order. */
export const SeatNo = z.int().min(0).max(199_999);
export type SeatNo = z.infer<typeof SeatNo>;
/** Dense number of a general-admission area of a published event: 0..m-1. */
export const AreaNo = z.int().min(0).max(255);
export type AreaNo = z.infer<typeof AreaNo>;

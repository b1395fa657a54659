import { z } from "zod";
import { rule } from "./schema-rule.ts";

/**
 * Upper case is read and made lower case, so that a thing has one name everywhere behind an edge: keys of stores, feeds,
 * counters and caches are made of it.
 */
export const Uuid = z.uuid().toLowerCase();

export const AccountId = Uuid.brand<"AccountId">();
export type AccountId = z.infer<typeof AccountId>;
/** Whoever sells: a theatre, a promoter, a club. Venues, layouts and events are its own. */
export const OrganizationId = Uuid.brand<"OrganizationId">();
export type OrganizationId = z.infer<typeof OrganizationId>;
export const EventId = Uuid.brand<"EventId">();
export type EventId = z.infer<typeof EventId>;
export const HoldId = Uuid.brand<"HoldId">();
export type HoldId = z.infer<typeof HoldId>;
export const OrderId = Uuid.brand<"OrderId">();
export type OrderId = z.infer<typeof OrderId>;
export const TicketId = Uuid.brand<"TicketId">();
export type TicketId = z.infer<typeof TicketId>;
export const PaymentId = Uuid.brand<"PaymentId">();
export type PaymentId = z.infer<typeof PaymentId>;
export const VenueId = Uuid.brand<"VenueId">();
export type VenueId = z.infer<typeof VenueId>;
export const LayoutId = Uuid.brand<"LayoutId">();
export type LayoutId = z.infer<typeof LayoutId>;

/** A client's name for one attempt; the same key again is the same attempt (IETF Idempotency-Key, 16-64 chars here). */
export const IdempotencyKey = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, rule("idempotency_key"));
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;

/** Dense number of a seat of a published event: 0..n-1, in layout order. */
export const SeatNo = z.int().min(0).max(199_999);
export type SeatNo = z.infer<typeof SeatNo>;
/** Dense number of a general-admission area of a published event: 0..m-1. */
export const AreaNo = z.int().min(0).max(255);
export type AreaNo = z.infer<typeof AreaNo>;

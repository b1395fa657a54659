import { z } from "zod";
import { AccountId, EventId } from "../shared/ids.ts";
import type { SigningKeys } from "../shared/signing-keys.ts";
import { LineId } from "./line.ts";
import { openToken, sealToken } from "./sealed-token.ts";

/** What lets one account into one event's sale. Times are the issuer's clock, epoch milliseconds. */
export const PassClaims = z.strictObject({
  lineId: LineId,
  eventId: EventId,
  accountId: AccountId,
  issuedAtMs: z.int(),
  /** Seats may be taken until then; renewing gives a later one. */
  expiresAtMs: z.int(),
  /** No renewal goes past this. */
  shopUntilMs: z.int(),
  /** Seats that were taken in time may be paid for until then. */
  payUntilMs: z.int(),
});
export type PassClaims = z.infer<typeof PassClaims>;

/** Proof of a place in the line, for the fan to keep: it outlives every store. */
export const LineTicketClaims = z.strictObject({
  lineId: LineId,
  accountId: AccountId,
  entry: z.string().regex(/^[0-9a-f]{32}$/),
  /** null: joined the lobby, not drawn yet. */
  number: z.int().min(1).nullable(),
});
export type LineTicketClaims = z.infer<typeof LineTicketClaims>;

export type PassCheck =
  | { readonly kind: "valid"; readonly claims: PassClaims }
  | { readonly kind: "refused"; readonly why: "missing" | "invalid" | "expired" };

export const sealPass = (key: Uint8Array, claims: PassClaims) => sealToken("pass", key, claims);
export const sealLineTicket = (key: Uint8Array, claims: LineTicketClaims) => sealToken("place", key, claims);
export const openLineTicket = (keys: SigningKeys, token: string) =>
  openToken("place", keys, { token, claims: LineTicketClaims });

/**
 * Whether a pass opens this sale to this account now, as far as the pass itself can say. Whether it was given back,
 * only the room knows. `for` "pay" allows the longer time of fans who hold seats already.
 */
export function checkPass(
  keys: SigningKeys,
  token: string | null,
  asked: {
    lineId: LineId;
    eventId: EventId;
    accountId: AccountId;
    nowMs: number;
    for: "shop" | "pay";
  },
): PassCheck {
  if (!token) return { kind: "refused", why: "missing" };
  const claims = openToken("pass", keys, { token, claims: PassClaims });
  if (
    !claims ||
    claims.lineId !== asked.lineId ||
    claims.eventId !== asked.eventId ||
    claims.accountId !== asked.accountId
  )
    return { kind: "refused", why: "invalid" };
  const untilMs = asked.for === "shop" ? claims.expiresAtMs : claims.payUntilMs;
  return asked.nowMs < untilMs ? { kind: "valid", claims } : { kind: "refused", why: "expired" };
}

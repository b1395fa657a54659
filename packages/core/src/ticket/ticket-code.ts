import { EventId, TicketId } from "../shared/ids.ts";
import { concatBytes, hexToBytes, bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { assert } from "../shared/assert.ts";
import { fromBase64Url, toBase64Url } from "../shared/base64url.ts";

/**
 * What a ticket's QR code says: "ONS1." and base64url of payload and Ed25519 signature. A door can check it offline with
 * the public key alone. The format, byte by byte and with a test vector, is in docs/ticket-code.md.
 */
export const TICKET_CODE_PREFIX = "ONS1.";
const VERSION = 1;
const PAYLOAD_BYTES = 39;
const SIGNATURE_BYTES = 64;
const FLAG = { seat: 1, area: 2, accessible: 4 } as const;
const UINT32_MAX = 0xffff_ffff;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Exactly one of `seatNo` and `areaNo` is a number. */
export type TicketClaim = {
  /** Which signing key, 0..255; scanners may know several. */
  readonly keyId: number;
  readonly eventId: EventId;
  readonly ticketId: TicketId;
  readonly seatNo: number | null;
  readonly areaNo: number | null;
  /** Tells the door that this guest may need the lift. */
  readonly accessible?: boolean;
};

export type TicketCodeCheck =
  | { readonly kind: "valid"; readonly claim: TicketClaim }
  /** `unknown_version`: signed by a newer Onsale, perhaps; `forged`: altered, or signed by nobody this verifier knows. */
  | { readonly kind: "refused"; readonly why: "not_a_ticket" | "unknown_version" | "forged" };

type Verify<Answer> = (message: Uint8Array, signature: Uint8Array, keyId: number) => Answer;

/** `sign` is Ed25519 over the message it is given; with it the code is a function of the claim. */
export function encodeTicketCode(claim: TicketClaim, sign: (message: Uint8Array) => Uint8Array): string {
  const payload = payloadOf(claim);
  const signature = sign(messageOf(payload));
  assert(signature.length === SIGNATURE_BYTES, "an Ed25519 signature has 64 bytes");
  return TICKET_CODE_PREFIX + toBase64Url(concatBytes(payload, signature));
}

/** Whether a code was signed by a key of ours and says what was signed. Whether it was used or voided, only a store knows. */
export function verifyTicketCode(code: string, verify: Verify<boolean>): TicketCodeCheck {
  const read = readCode(code);
  if ("why" in read) return { kind: "refused", why: read.why };
  return settle(read, verify(read.message, read.signature, read.claim.keyId));
}

/** The same for verifiers that answer later, such as WebCrypto in a scanner's browser. */
export async function verifyTicketCodeLater(
  code: string,
  verify: Verify<Promise<boolean>>,
): Promise<TicketCodeCheck> {
  const read = readCode(code);
  if ("why" in read) return { kind: "refused", why: read.why };
  return settle(read, await verify(read.message, read.signature, read.claim.keyId));
}

type SignedClaim = {
  readonly claim: TicketClaim;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

function settle({ claim }: SignedClaim, signed: boolean): TicketCodeCheck {
  return signed ? { kind: "valid", claim } : { kind: "refused", why: "forged" };
}

/** The prefix is signed too, so that a signature made for anything else of ours is never a ticket. */
function messageOf(payload: Uint8Array): Uint8Array {
  return concatBytes(utf8ToBytes(TICKET_CODE_PREFIX), payload);
}

function payloadOf({ keyId, eventId, ticketId, seatNo, areaNo, accessible }: TicketClaim): Uint8Array {
  const number = seatNo ?? areaNo;
  assert((seatNo === null) !== (areaNo === null), "a ticket is for one seat or one standing area");
  assert(isUint(number, UINT32_MAX) && isUint(keyId, 255), "place and key id fit their bytes");
  assert(UUID.test(eventId) && UUID.test(ticketId), "event and ticket ids are UUIDs");
  const payload = new Uint8Array(PAYLOAD_BYTES);
  const view = new DataView(payload.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, keyId);
  view.setUint8(2, (seatNo === null ? FLAG.area : FLAG.seat) | (accessible === true ? FLAG.accessible : 0));
  view.setUint32(3, number ?? 0);
  payload.set(uuidBytes(eventId), 7);
  payload.set(uuidBytes(ticketId), 23);
  return payload;
}

function readCode(code: string): SignedClaim | { readonly why: "not_a_ticket" | "unknown_version" } {
  if (!code.startsWith(TICKET_CODE_PREFIX)) return { why: "not_a_ticket" };
  const bytes = fromBase64Url(code.slice(TICKET_CODE_PREFIX.length));
  if (!bytes || bytes.length === 0) return { why: "not_a_ticket" };
  if (bytes[0] !== VERSION) return { why: "unknown_version" };
  if (bytes.length !== PAYLOAD_BYTES + SIGNATURE_BYTES) return { why: "not_a_ticket" };
  const payload = bytes.slice(0, PAYLOAD_BYTES);
  const claim = claimOf(payload);
  if (!claim) return { why: "not_a_ticket" };
  return { claim, message: messageOf(payload), signature: bytes.slice(PAYLOAD_BYTES) };
}

function claimOf(payload: Uint8Array): TicketClaim | null {
  const view = new DataView(payload.buffer, payload.byteOffset);
  const flags = view.getUint8(2);
  const place = flags & (FLAG.seat | FLAG.area);
  if (flags > 7 || (place !== FLAG.seat && place !== FLAG.area)) return null;
  const number = view.getUint32(3);
  const eventId = EventId.safeParse(uuidText(payload.subarray(7, 23)));
  const ticketId = TicketId.safeParse(uuidText(payload.subarray(23, 39)));
  if (!eventId.success || !ticketId.success) return null;
  return {
    keyId: view.getUint8(1),
    eventId: eventId.data,
    ticketId: ticketId.data,
    seatNo: place === FLAG.seat ? number : null,
    areaNo: place === FLAG.area ? number : null,
    ...(flags & FLAG.accessible ? { accessible: true } : {}),
  };
}

function isUint(value: number | null, max: number): boolean {
  return value !== null && Number.isInteger(value) && value >= 0 && value <= max;
}

function uuidBytes(uuid: string): Uint8Array {
  return hexToBytes(uuid.replaceAll("-", ""));
}

function uuidText(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { ProviderEvent } from "@onsale/core/payment/payment-provider";

/**
 * Webhooks as payment providers send them: `onsale-sandbox-signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body">`.
 * A signature older than five minutes is refused, so a captured delivery cannot be played again next week.
 */
export const SIGNATURE_HEADER = "onsale-sandbox-signature";
const TOLERANCE_S = 300;
const BODY_BYTES_MAX = 64 * 1024;

const Body = z.strictObject({
  id: z.string().min(1).max(100),
  type: z.string().max(60),
  providerRef: z.string().max(100),
});

export function signWebhook(body: string, secret: string, nowMs: number): string {
  const t = Math.floor(nowMs / 1_000);
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}

export function readSignedWebhook(input: {
  rawBody: Uint8Array;
  signature: string | undefined;
  secret: string;
  nowMs: number;
}): ProviderEvent | null {
  if (input.rawBody.length > BODY_BYTES_MAX) return null;
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(input.signature ?? "");
  if (!match?.[1] || !match[2]) return null;
  if (Math.abs(input.nowMs / 1_000 - Number(match[1])) > TOLERANCE_S) return null;
  const expected = createHmac("sha256", input.secret).update(`${match[1]}.`).update(input.rawBody).digest();
  if (!timingSafeEqual(expected, Buffer.from(match[2], "hex"))) return null;
  const parsed = Body.safeParse(jsonOrNull(Buffer.from(input.rawBody).toString("utf8")));
  return parsed.success
    ? { eventId: parsed.data.id, providerRef: parsed.data.providerRef, type: parsed.data.type }
    : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

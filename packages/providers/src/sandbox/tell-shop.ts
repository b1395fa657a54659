import type { SandboxPayment } from "@onsale/core/payment/sandbox-book";
import type { Clock } from "@onsale/core/shared/clock";
import { SIGNATURE_HEADER, signWebhook } from "./sandbox-webhook.ts";

/** One delivery: how the payment stands now. The same change of the same payment has the same event id. */
export type TellShop = (payment: SandboxPayment) => Promise<void>;

const WEBHOOK_LIMIT_MS = 5_000;

/** `url` null: nobody listens, and nothing is sent. */
export function makeTellShop(shop: { url: string | null; secret: string; clock: Clock }): TellShop {
  const { url, secret, clock } = shop;
  return async ({ providerRef, state }) => {
    if (url === null) return;
    const type = `payment.${state}`;
    const body = JSON.stringify({ id: `evt_${providerRef}_${type}`, type, providerRef });
    await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        [SIGNATURE_HEADER]: signWebhook(body, secret, clock.nowMs()),
      },
      body,
      signal: AbortSignal.timeout(WEBHOOK_LIMIT_MS),
    });
  };
}

import type { PaymentProvider } from "@onsale/core/payment/payment-provider";
import type { SandboxBook } from "@onsale/core/payment/sandbox-book";
import type { Clock } from "@onsale/core/shared/clock";
import { makeSandboxBank, type SandboxBank, type SandboxBankDeps } from "./sandbox-bank.ts";
import { readSignedWebhook, SIGNATURE_HEADER } from "./sandbox-webhook.ts";
import { makeTellShop } from "./tell-shop.ts";

export type SandboxDeps = Pick<SandboxBankDeps, "actionUrl" | "lateMs"> & {
  readonly book: SandboxBook;
  readonly clock: Clock;
  readonly webhookSecret: string;
  /** Where the server listens for webhooks; null sends none. */
  readonly webhookUrl: string | null;
};

/** The sandbox inside the shop's own process: nothing else to start, for whoever tries the shop out. */
export function makeSandboxProvider(deps: SandboxDeps): PaymentProvider & SandboxBank {
  const { clock, webhookSecret: secret, webhookUrl: url } = deps;
  return {
    name: "sandbox",
    ...makeSandboxBank({ ...deps, tell: makeTellShop({ url, secret, clock }) }),
    readWebhook: makeReadWebhook({ secret, clock }),
  };
}

export function makeReadWebhook(shop: { secret: string; clock: Clock }): PaymentProvider["readWebhook"] {
  return (rawBody, headers) =>
    readSignedWebhook({
      rawBody,
      signature: headers[SIGNATURE_HEADER],
      secret: shop.secret,
      nowMs: shop.clock.nowMs(),
    });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { OrderStore } from "@onsale/core/order/order-store";
import type { Providers } from "../compose/providers.ts";
import type { Services } from "../compose/services.ts";
import type { Logger } from "../log.ts";
import { answer } from "./answer.ts";
import { readBody } from "./read-body.ts";

const BODY_BYTES_MAX = 64 * 1024;

/**
 * POST /api/webhooks/<provider>. The signature is checked over the raw body; the event is written down before it is
 * acknowledged; its effect comes from asking the provider how the payment stands, never from the order of deliveries.
 */
export type WebhookParts = {
  readonly provider: Providers["provider"];
  readonly orders: Pick<OrderStore, "findByProviderRef" | "recordWebhook">;
  readonly services: Pick<Services, "checkout">;
  readonly log: Logger;
};

export function makeWebhookHandler({ provider, orders, services, log }: WebhookParts) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const end = (status: number) => answer(req, res, { status, body: "" });
    if (req.method !== "POST" || req.url?.split("?", 1)[0] !== `/api/webhooks/${provider.name}`)
      return end(404);
    const body = await readBody(req, BODY_BYTES_MAX);
    if (body.kind === "gone") return log.debug("a webhook's sender left before it had sent everything");
    if (body.kind === "too_large") return end(413);
    const rawBody = body.bytes;
    const headers = Object.fromEntries(
      Object.entries(req.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    const event = provider.readWebhook(rawBody, headers);
    if (!event) return end(400);
    const found = await orders.findByProviderRef(provider.name, event.providerRef);
    const first = await orders.recordWebhook(provider.name, event.eventId, event.providerRef);
    // A repeated delivery is answered the same and does nothing; an effect that failed is found again by the worker.
    if (first && found) {
      await services.checkout
        .look(found.order.id)
        .catch((error: unknown) => log.error({ err: error }, "webhook effect failed"));
    }
    end(200);
  };
}

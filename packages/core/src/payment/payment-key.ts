import { derivedId } from "../shared/derived-id.ts";
import type { OrderId } from "../shared/ids.ts";

/** Names an attempt to pay to the provider: the same for whoever goes on with it. */
export const paymentKey = (orderId: OrderId, attempt: number): string =>
  derivedId("authorise", orderId, String(attempt));

import type { OrderId } from "../shared/ids.ts";
import type { ProviderPayment } from "./payment-provider.ts";

export type SandboxPayment = ProviderPayment & {
  readonly orderId: OrderId;
  readonly method: string;
  readonly returnUrl: string;
};

/** Where the sandbox provider keeps its own books, apart from ours, so that reconciliation has two sides to compare. */
export interface SandboxBook {
  /** First write wins: the same idempotency key again returns what was written then. */
  open(idempotencyKey: string, payment: SandboxPayment): Promise<SandboxPayment>;
  find(providerRef: string): Promise<SandboxPayment | null>;
  findByKey(idempotencyKey: string): Promise<SandboxPayment | null>;
  findByOrder(orderId: OrderId): Promise<SandboxPayment | null>;
  /** One conditional update; returns the payment as it then is, moved or not. */
  move(
    providerRef: string,
    from: readonly ProviderPayment["state"][],
    to: ProviderPayment["state"],
  ): Promise<SandboxPayment | null>;
}

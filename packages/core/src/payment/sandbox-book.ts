import type { OrderId } from "../shared/ids.ts";
import type { ProviderPayment } from "./payment-provider.ts";

export type SandboxPayment = ProviderPayment & {
  readonly orderId: OrderId;
  readonly method: string;
  readonly returnUrl: string;
};

/** A line of the books as they are read from end to end. */
export type SandboxEntry = SandboxPayment & { readonly openedAtMs: number };

/** Whoever moves a payment learns whether it was they who did: two who answer at once are not both heard. */
export type SandboxMove = { readonly payment: SandboxPayment; readonly moved: boolean };

/** Where the sandbox provider keeps its own books, apart from ours, so that reconciliation has two sides to compare. */
export interface SandboxBook {
  /** First write wins: the same idempotency key again returns what was written then. */
  open(idempotencyKey: string, payment: SandboxPayment): Promise<SandboxPayment>;
  find(providerRef: string): Promise<SandboxPayment | null>;
  findByKey(idempotencyKey: string): Promise<SandboxPayment | null>;
  /** The newest of an order's payments. */
  findByOrder(orderId: OrderId): Promise<SandboxPayment | null>;
  /** In the order of their references, behind `after`. */
  list(page: { after: string | null; limit: number }): Promise<SandboxEntry[]>;
  /** One conditional update. null: there is no such payment. */
  move(
    providerRef: string,
    from: readonly ProviderPayment["state"][],
    to: ProviderPayment["state"],
  ): Promise<SandboxMove | null>;
}

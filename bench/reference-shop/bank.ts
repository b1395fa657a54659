import { randomUUID } from "node:crypto";

export type Charge = {
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly method: string;
};

export type Bank = {
  /** The provider's name of the captured payment; null: declined. */
  readonly charge: (charge: Charge) => Promise<string | null>;
  readonly refund: (providerRef: string) => Promise<void>;
};

/** Where no provider runs: says yes and keeps no books, which costs nothing. */
export const NO_BANK: Bank = {
  charge: () => Promise.resolve(randomUUID()),
  refund: () => Promise.resolve(),
};

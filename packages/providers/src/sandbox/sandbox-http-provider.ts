import type { PaymentProvider, ProviderPayment } from "@onsale/core/payment/payment-provider";
import { ProviderRefusal } from "@onsale/core/payment/provider-refusal";
import type { OrderId } from "@onsale/core/shared/ids";
import type { Clock } from "@onsale/core/shared/clock";
import { makeSandboxClient, type SandboxCall, type SandboxServerAddress } from "./sandbox-client.ts";
import { makeReadWebhook } from "./sandbox-provider.ts";
import { PAGE_MAX, type WireEntry, WireFound, WireList, WirePayment } from "./sandbox-wire.ts";

export type SandboxHttpDeps = SandboxServerAddress & {
  readonly webhookSecret: string;
  readonly clock: Clock;
};

export type SandboxHttpProvider = PaymentProvider & {
  /** The newest of an order's payments. */
  findByOrder(orderId: OrderId): Promise<ProviderPayment | null>;
  close(): Promise<void>;
};

/** The sandbox as a third party: the same bank, over HTTP. */
export function makeSandboxHttpProvider(deps: SandboxHttpDeps): SandboxHttpProvider {
  const client = makeSandboxClient(deps);

  async function write(call: Omit<SandboxCall, "method">): Promise<ProviderPayment> {
    const payment = await client.call({ method: "POST", ...call }, WirePayment);
    if (!payment) throw new ProviderRefusal("unknown_payment");
    return payment;
  }
  async function findOne(query: string): Promise<ProviderPayment | null> {
    const found = await client.call({ method: "GET", path: query }, WireFound);
    return found?.payments[0] ?? null;
  }
  const pathOf = (providerRef: string) => `/${encodeURIComponent(providerRef)}`;

  return {
    name: "sandbox",
    authorise: ({ idempotencyKey, ...body }) => write({ path: "", idempotencyKey, body }),
    capture: ({ idempotencyKey, providerRef, amountMinor }) =>
      write({ path: `${pathOf(providerRef)}/capture`, idempotencyKey, body: { amountMinor } }),
    voidPayment: ({ idempotencyKey, providerRef }) =>
      write({ path: `${pathOf(providerRef)}/void`, idempotencyKey, body: {} }),
    refund: ({ idempotencyKey, providerRef, amountMinor }) =>
      write({ path: `${pathOf(providerRef)}/refund`, idempotencyKey, body: { amountMinor } }),
    find: (providerRef) => client.call({ method: "GET", path: pathOf(providerRef) }, WirePayment),
    findByKey: (key) => findOne(`?key=${encodeURIComponent(key)}`),
    findByOrder: (orderId) => findOne(`?order=${orderId}`),
    readWebhook: makeReadWebhook({ secret: deps.webhookSecret, clock: deps.clock }),
    close: () => client.close(),
  };
}

/** The whole of a sandbox's books, page by page, for reconciliation. */
export async function readSandboxBooks(address: SandboxServerAddress): Promise<WireEntry[]> {
  const client = makeSandboxClient(address);
  const entries: WireEntry[] = [];
  try {
    for (let after: string | null = null, first = true; first || after !== null; first = false) {
      const from: string = after === null ? "" : `&after=${encodeURIComponent(after)}`;
      const page = await client.call({ method: "GET", path: `?limit=${PAGE_MAX}${from}` }, WireList);
      entries.push(...(page?.payments ?? []));
      after = page?.next ?? null;
    }
    return entries;
  } finally {
    await client.close();
  }
}

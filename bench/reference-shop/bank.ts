import { Pool } from "undici";

export type Charge = {
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly method: string;
};

export type Bank = {
  /** The provider's name of the captured payment; null: declined. */
  readonly charge: (charge: Charge) => Promise<string | null>;
  readonly refund: (providerRef: string, amountMinor: number) => Promise<void>;
};

type Payment = { readonly providerRef: string; readonly state: string };

const CONNECTIONS = 256;

/** The sandbox provider over its wire (docs/sandbox.md), authorised and captured as ours does it. */
export function makeBank({ url, key }: { url: string; key: string }): Bank {
  const pool = new Pool(url, { connections: CONNECTIONS, pipelining: 1 });

  async function call(path: string, body: unknown, idempotencyKey: string): Promise<Payment> {
    const answer = await pool.request({
      method: "POST",
      path: `/v1/payments${path}`,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": idempotencyKey,
      },
      body: JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`the provider answers ${answer.statusCode} ${text}`);
    // Safe because a 200 of the provider has this shape.
    return JSON.parse(text) as Payment;
  }

  return {
    async charge({ orderId, amountMinor, currency, method }) {
      const wish = { orderId, attempt: 1, amountMinor, currency, method, returnUrl: `${url}/orders` };
      const { providerRef, state } = await call("", wish, orderId);
      if (state !== "authorised") return null;
      await call(`/${providerRef}/capture`, { amountMinor }, `${orderId}:capture`);
      return providerRef;
    },
    async refund(providerRef, amountMinor) {
      await call(`/${providerRef}/refund`, { amountMinor }, `${providerRef}:refund`);
    },
  };
}

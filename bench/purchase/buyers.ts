import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Buyer, Crowd, Dialect } from "./crowd.ts";

export type Ask = (
  path: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
) => Promise<{ readonly status: number; readonly text: string }>;

export type Bought =
  | { readonly kind: "paid"; readonly heldAtMs: number; readonly asked: number }
  | { readonly kind: "not"; readonly why: string };

type Buy = (buyer: Buyer, ask: Ask) => Promise<Bought>;

/** An answer may be "pending", or lost with a 503: the page asks again with the same key. */
const ASKED_MAX = 8;
const ASK_AGAIN_MS = 500;

const not = (step: string, answer: { status: number; text: string }): Bought => ({
  kind: "not",
  why: `${step} ${answer.status} ${answer.text.slice(0, 120)}`,
});

type Held = { result: { data: { hold: { id: string }; quote: { hash: string } } } };
type Paid = { result: { data: { state: string } } };

function onsale({ url, eventId }: Crowd): Buy {
  const own = { origin: url, "content-type": "application/json" };
  return async ({ headers: fan, seats }, ask) => {
    const headers = { ...fan, ...own };
    const items = { seats: seats.map((seatNo) => ({ seatNo, ticketType: "adult" })), areas: [] };
    const wish = JSON.stringify({ eventId, operationId: randomUUID(), items });
    const hold = await ask("/api/trpc/hold.create", { headers, body: wish });
    if (hold.status !== 200) return not("hold", hold);
    const heldAtMs = performance.now();
    // Safe because a 200 of this procedure has this shape, which its output schema holds.
    const held = (JSON.parse(hold.text) as Held).result.data;
    const body = JSON.stringify({
      eventId,
      holdId: held.hold.id,
      quoteHash: held.quote.hash,
      idempotencyKey: randomUUID(),
      method: "card_ok",
    });
    for (let asked = 1; ; asked++) {
      const paid = await ask("/api/trpc/checkout.start", { headers, body });
      if (paid.status === 200 && (JSON.parse(paid.text) as Paid).result.data.state === "paid")
        return { kind: "paid", heldAtMs, asked };
      if (asked === ASKED_MAX || (paid.status !== 200 && paid.status !== 503)) return not("checkout", paid);
      await wait(ASK_AGAIN_MS);
    }
  };
}

function reference(): Buy {
  return async ({ headers: fan, seats }, ask) => {
    const headers = { ...fan, "content-type": "application/json" };
    const hold = await ask("/hold", { headers, body: JSON.stringify({ seats }) });
    if (hold.status !== 200) return not("hold", hold);
    const heldAtMs = performance.now();
    const { holdId } = JSON.parse(hold.text) as { holdId: string };
    const body = JSON.stringify({ holdId, key: randomUUID(), method: "card_ok" });
    const paid = await ask("/checkout", { headers, body });
    return paid.status === 200 ? { kind: "paid", heldAtMs, asked: 1 } : not("checkout", paid);
  };
}

export const BUYERS: Readonly<Record<Dialect, (crowd: Crowd) => Buy>> = { onsale, reference };

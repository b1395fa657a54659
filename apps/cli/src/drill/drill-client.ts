import type { AppRouter } from "@onsale/api/router";
import { decodeSnapshot, type PublicSnapshot } from "@onsale/core/inventory/snapshot-wire";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { DrillHttp } from "./drill-http.ts";
import type { Slots } from "./slots.ts";
import type { Tally } from "./tally.ts";

/** A refusal is an answer like any other; `transient` ones are worth asking again with the same key. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly transient: boolean; readonly retryAfterMs: number };

export type DrillClientDeps = {
  readonly url: string;
  readonly http: DrillHttp;
  readonly slots: Slots;
  readonly tally: Tally;
};

type Refusal = { readonly code: string; readonly transient: boolean; readonly retryAfterMs: number };

/** The typed client that the storefront uses, once for the whole crowd: each call says whose it is. */
export function makeDrillClient({ url, http, slots, tally }: DrillClientDeps) {
  const origin = new URL(url).origin;
  const trpc = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        headers: ({ op }) => ({ origin, cookie: String(op.context["cookie"]) }),
        fetch: async (input, init) => {
          const { status, body } = await http.send(addressOf(input), {
            method: init?.method ?? "GET",
            headers: (init?.headers ?? {}) as Record<string, string>,
            ...(typeof init?.body === "string" ? { body: init.body } : {}),
          });
          return { ok: status >= 200 && status < 300, json: async () => parseJson(body, status) };
        },
      }),
    ],
  });

  async function ask<T>(step: string, send: () => Promise<T>): Promise<Answer<T>> {
    const asked = performance.now();
    await slots.take();
    const sent = performance.now();
    tally.slotWait(sent - asked);
    try {
      const value = await send();
      return { ok: true, value };
    } catch (error) {
      const refusal = refusalOf(error);
      tally.error(refusal.code);
      return { ok: false, ...refusal };
    } finally {
      tally.latencies.record(step, performance.now() - sent);
      slots.give();
    }
  }

  /** What one fan can do. `cookie` is their session. */
  return (cookie: string) => {
    const as = { context: { cookie } };
    type HoldInput = Parameters<typeof trpc.hold.create.mutate>[0];
    type BestInput = Parameters<typeof trpc.hold.bestAvailable.mutate>[0];
    type OwnHold = Parameters<typeof trpc.hold.release.mutate>[0];
    type CheckoutInput = Parameters<typeof trpc.checkout.start.mutate>[0];
    return {
      event: (slug: string) => ask("event", () => trpc.event.bySlug.query({ slug }, as)),
      stock: (eventId: string): Promise<Answer<PublicSnapshot>> =>
        ask("stock", async () => {
          const target = `${url}/api/events/${eventId}/stock`;
          const { status, body } = await http.send(target, { method: "GET", headers: { cookie } });
          if (status !== 200) throw new HttpStatusError(status);
          return decodeSnapshot(body);
        }),
      hold: (input: HoldInput) => ask("hold", () => trpc.hold.create.mutate(input, as)),
      bestAvailable: (input: BestInput) =>
        ask("bestAvailable", () => trpc.hold.bestAvailable.mutate(input, as)),
      release: (input: OwnHold) => ask("release", () => trpc.hold.release.mutate(input, as)),
      checkout: (input: CheckoutInput) => ask("checkout", () => trpc.checkout.start.mutate(input, as)),
      refresh: (orderId: string) => ask("refresh", () => trpc.checkout.refresh.mutate({ orderId }, as)),
      order: (orderId: string) => ask("order", () => trpc.order.get.query({ orderId }, as)),
    };
  };
}
export type FanClient = ReturnType<ReturnType<typeof makeDrillClient>>;

/** An answer without a tRPC body, such as one of a proxy. */
class HttpStatusError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

function addressOf(input: string | URL | Request): string {
  if (typeof input === "string") return input;
  return "href" in input ? input.href : input.url;
}

function parseJson(body: Buffer, status: number): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new HttpStatusError(status);
  }
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof TRPCClientError) {
    const { data, cause } = error as TRPCClientError<AppRouter>;
    if (!data) return refusalOf(cause);
    const after = data.app?.details["retryAfterMs"];
    const transient = data.httpStatus === 503 || data.app?.code === "rate.limited";
    const code = data.app?.code ?? `http.${data.httpStatus}`;
    return { code, transient, retryAfterMs: typeof after === "number" ? after : 0 };
  }
  if (error instanceof HttpStatusError)
    return { code: `http.${error.status}`, transient: error.status === 503, retryAfterMs: 0 };
  // No answer says nothing about what the server did: asking again with the same key is the only safe way to know.
  if (error instanceof Error && "code" in error)
    return { code: `network.${String(error.code)}`, transient: true, retryAfterMs: 0 };
  return { code: "answer.unreadable", transient: false, retryAfterMs: 0 };
}

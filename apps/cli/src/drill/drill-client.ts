import type { AppRouter } from "@onsale/api/router";
import { decodeSnapshot, type PublicSnapshot } from "@onsale/core/inventory/snapshot-wire";
import { type LineNow, lineNowPath } from "@onsale/core/line/now-serving";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import type { DrillHttp } from "./drill-http.ts";
import { makeNowReader } from "./now-reader.ts";
import type { Slots } from "./slots.ts";
import type { Tally } from "./tally.ts";

/** A refusal is an answer like any other; `transient` ones are worth asking again with the same key. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly transient: boolean; readonly retryAfterMs: number };

/** Connections, and who waits for them. */
export type Lane = { readonly http: DrillHttp; readonly slots: Slots };

export type DrillClientDeps = {
  readonly url: string;
  readonly shop: Lane;
  /** Apart, so that a crowd that waits never stands before those who shop. */
  readonly wait: Lane;
  readonly tally: Tally;
};

/** `cookie` is their session; the drill plays the proxy that says where they come from. */
export type Identity = { readonly cookie: string; readonly address: string };

type Refusal = { readonly code: string; readonly transient: boolean; readonly retryAfterMs: number };
type Caller = { readonly who: Identity; readonly pass: string | null; readonly lane: Lane };
export const PASS_HEADER = "x-onsale-pass";
/** An answer takes a moment, so the time left is a little shorter than it says. */
const CLOCK_DOUBT_MS = 300;

/** The typed client that the storefront uses, once for the whole crowd: each call says whose it is. */
export function makeDrillClient({ url, shop, wait, tally }: DrillClientDeps) {
  const origin = new URL(url).origin;
  const readNow = makeNowReader();
  const trpcOver = (lane: Lane) =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${url}/api/trpc`,
          headers: ({ op }) => headersOf(op.context["caller"] as Caller, origin),
          fetch: async (input, init) => {
            const { status, body } = await lane.http.send(addressOf(input), {
              method: init?.method ?? "GET",
              headers: (init?.headers ?? {}) as Record<string, string>,
              ...(typeof init?.body === "string" ? { body: init.body } : {}),
            });
            return { ok: status >= 200 && status < 300, json: async () => parseJson(body, status) };
          },
        }),
      ],
    });
  const [shopping, waiting] = [trpcOver(shop), trpcOver(wait)];

  async function ask<T>(
    step: string,
    { lane: { slots }, named = (code) => code }: { lane: Lane; named?: (code: string) => string },
    send: () => Promise<T>,
  ): Promise<Answer<T>> {
    const asked = performance.now();
    await slots.take();
    const sent = performance.now();
    tally.slotWait(sent - asked);
    try {
      const value = await send();
      return { ok: true, value };
    } catch (error) {
      const { code, ...rest } = refusalOf(error);
      const refusal = { ...rest, code: named(code) };
      tally.error(refusal.code);
      return { ok: false, ...refusal };
    } finally {
      tally.answered(step, performance.now() - sent);
      slots.give();
    }
  }

  /** What one fan can do. */
  return (who: Identity) => {
    let pass: string | null = null;
    let passUntilMs = 0;
    // A pass that ran out is refused by right; one that is refused before is a fault.
    const named = (code: string) =>
      code === "line.pass_required" && performance.now() >= passUntilMs ? "line.pass_over" : code;
    const as = (lane: Lane) => ({ context: { caller: { who, pass, lane } satisfies Caller } });
    const buy = <T>(step: string, send: () => Promise<T>) => ask(step, { lane: shop, named }, send);
    const queue = <T>(step: string, send: () => Promise<T>) => ask(step, { lane: wait }, send);
    const get = async (lane: Lane, path: string) => {
      const { status, body } = await lane.http.send(`${url}${path}`, {
        method: "GET",
        headers: headersOf({ who, pass, lane }, origin),
      });
      if (status !== 200) throw new HttpStatusError(status);
      return body;
    };
    type HoldInput = Parameters<typeof shopping.hold.create.mutate>[0];
    type BestInput = Parameters<typeof shopping.hold.bestAvailable.mutate>[0];
    type OwnHold = Parameters<typeof shopping.hold.release.mutate>[0];
    type CheckoutInput = Parameters<typeof shopping.checkout.start.mutate>[0];
    type JoinInput = Parameters<typeof waiting.line.join.mutate>[0];
    type OneLine = Parameters<typeof waiting.line.enter.mutate>[0];
    return {
      /** Goes with every later request of somebody who shops. */
      carry(issued: { readonly pass: string; readonly expiresAtMs: number; readonly nowMs: number }): void {
        pass = issued.pass;
        passUntilMs = performance.now() + issued.expiresAtMs - issued.nowMs - CLOCK_DOUBT_MS;
      },
      event: (slug: string) => queue("event", () => waiting.event.bySlug.query({ slug }, as(wait))),
      now: (lineId: string): Promise<Answer<LineNow>> =>
        queue("now", async () => readNow(await get(wait, lineNowPath(lineId)))),
      join: (input: JoinInput) => queue("join", () => waiting.line.join.mutate(input, as(wait))),
      mine: (input: Parameters<typeof waiting.line.mine.query>[0]) =>
        queue("mine", () => waiting.line.mine.query(input, as(wait))),
      checkIn: (ticket: string) => queue("checkIn", () => waiting.line.checkIn.mutate({ ticket }, as(wait))),
      rejoin: (input: OneLine) => queue("rejoin", () => waiting.line.rejoin.mutate(input, as(wait))),
      enter: (input: OneLine) => buy("enter", () => shopping.line.enter.mutate(input, as(shop))),
      renew: (input: OneLine) => buy("renew", () => shopping.line.renew.mutate(input, as(shop))),
      leave: (input: OneLine) => buy("leave", () => shopping.line.leave.mutate(input, as(shop))),
      stock: (eventId: string): Promise<Answer<PublicSnapshot>> =>
        buy("stock", async () => decodeSnapshot(await get(shop, `/api/events/${eventId}/stock`))),
      hold: (input: HoldInput) => buy("hold", () => shopping.hold.create.mutate(input, as(shop))),
      bestAvailable: (input: BestInput) =>
        buy("bestAvailable", () => shopping.hold.bestAvailable.mutate(input, as(shop))),
      release: (input: OwnHold) => buy("release", () => shopping.hold.release.mutate(input, as(shop))),
      checkout: (input: CheckoutInput) =>
        buy("checkout", () => shopping.checkout.start.mutate(input, as(shop))),
      refresh: (orderId: string) =>
        buy("refresh", () => shopping.checkout.refresh.mutate({ orderId }, as(shop))),
      order: (orderId: string) => buy("order", () => shopping.order.get.query({ orderId }, as(shop))),
      /** On the bank's page, where the sandbox asks for a confirmation. */
      confirm: (actionUrl: string): Promise<Answer<null>> =>
        buy("confirm", async () => {
          const { status } = await shop.http.send(actionUrl, {
            method: "POST",
            headers: {
              ...headersOf({ who, pass: null, lane: shop }, origin),
              "content-type": "application/x-www-form-urlencoded",
            },
            body: "answer=approve",
          });
          if (status >= 400) throw new HttpStatusError(status);
          return null;
        }),
    };
  };
}
export type FanClient = ReturnType<ReturnType<typeof makeDrillClient>>;

function headersOf({ who, pass }: Caller, origin: string): Record<string, string> {
  return {
    origin,
    cookie: who.cookie,
    "x-forwarded-for": who.address,
    // A fan's browser says these of itself; what lacks them scores as a machine (docs/limits.md).
    "user-agent": "Mozilla/5.0 (Onsale drill)",
    "accept-language": "en",
    "sec-fetch-site": "same-origin",
    ...(pass === null ? {} : { [PASS_HEADER]: pass }),
  };
}

/** An answer without a tRPC body, such as one of a proxy. */
export class HttpStatusError extends Error {
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

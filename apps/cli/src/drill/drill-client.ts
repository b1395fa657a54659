import type { AppRouter } from "@onsale/api/router";
import type { LinePass } from "@onsale/contract/line";
import { decodeSnapshot, type PublicSnapshot } from "@onsale/core/inventory/snapshot-wire";
import type { LineNow } from "@onsale/core/line/now-serving";
import { lineNowPath } from "@onsale/core/line/line-paths";
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
  /** Of the storefront's public address, whatever address it is drilled at. */
  readonly origin: string;
  readonly shop: Lane;
  /** Apart, so that a crowd that waits never stands before those who shop. */
  readonly wait: Lane;
  /** For the document alone: whoever joins or learns their number must not stand behind those who only look. */
  readonly look: Lane;
  readonly tally: Tally;
};

/** `cookie` is their session; the drill plays the proxy that says where they come from. */
export type Identity = {
  readonly cookie: string;
  readonly address: string;
  /** Of their browser, beside these. */
  readonly headers: Readonly<Record<string, string>>;
};

type Refusal = { readonly code: string; readonly transient: boolean; readonly retryAfterMs: number };
/** As whom a call goes out. */
type SentAs = { readonly who: Identity; readonly pass: string | null; readonly lane: Lane };
export const PASS_HEADER = "x-onsale-pass";
/** An answer takes a moment, so the time left is a little shorter than it says. */
const CLOCK_DOUBT_MS = 300;

/** The typed client that the storefront uses, once for the whole crowd: each call says whose it is. */
export function makeDrillClient(deps: DrillClientDeps) {
  const { shop, wait, origin } = deps;
  const readNow = makeNowReader();
  const trpc = { shop: trpcOver(deps, shop, origin), wait: trpcOver(deps, wait, origin) };

  /** What one fan can do. */
  return (who: Identity) => {
    const carried = carriedPass();
    const as = (lane: Lane): Call => ({
      context: { caller: { who, pass: carried.token(), lane } satisfies SentAs },
    });
    const get = async (lane: Lane, path: string) => {
      const headers = headersOf({ who, pass: carried.token(), lane }, origin);
      const { status, body } = await lane.http.send(`${deps.url}${path}`, { method: "GET", headers });
      if (status !== 200) throw new HttpStatusError(status);
      return body;
    };
    const buy = <T>(step: string, send: () => Promise<T>) =>
      ask(deps.tally, { step, lane: shop, named: (code) => carried.named(code, step) }, send);
    const queue = <T>(step: string, send: () => Promise<T>) =>
      ask(deps.tally, { step, lane: wait, named: (code) => code }, send);
    return {
      /** Goes with every later request of somebody who shops. */
      carry: (issued: Issued) => carried.carry(issued),
      /** Who is called asks over the connections of those who shop: the crowd must not stand before them. */
      now: (lineId: string, isCalled: boolean): Promise<Answer<LineNow>> => {
        const lane = isCalled ? shop : deps.look;
        const read = async () => readNow(await get(lane, lineNowPath(lineId)));
        return ask(deps.tally, { step: "now", lane, named: (code) => code }, read);
      },
      stock: (eventId: string): Promise<Answer<PublicSnapshot>> =>
        buy("stock", async () => decodeSnapshot(await get(shop, `/api/events/${eventId}/stock`))),
      ...lineCalls(trpc, { queue, buy, asWaiting: () => as(wait), asShopping: () => as(shop) }),
      ...saleCalls(trpc.shop, buy, () => as(shop)),
      /** On the bank's page, where the sandbox asks for a confirmation. */
      confirm: (actionUrl: string): Promise<Answer<null>> =>
        buy("confirm", async () => {
          const type = { "content-type": "application/x-www-form-urlencoded" };
          // The bank's page takes answers from itself alone; it may be at an address of its own.
          const { origin: bank } = new URL(actionUrl);
          const headers = { ...headersOf({ who, pass: null, lane: shop }, bank), ...type };
          const request = { method: "POST", headers, body: "answer=approve" };
          const { status } = await shop.http.send(actionUrl, request);
          if (status >= 400) throw new HttpStatusError(status);
          return null;
        }),
    };
  };
}
export type FanClient = ReturnType<ReturnType<typeof makeDrillClient>>;

type Trpc = ReturnType<typeof trpcOver>;
type Call = { readonly context: Record<string, unknown> };
type Asking = <T>(step: string, send: () => Promise<T>) => Promise<Answer<T>>;
type Input<Procedure extends (input: never) => unknown> = Parameters<Procedure>[0];

function lineCalls(
  { wait, shop }: { readonly wait: Trpc; readonly shop: Trpc },
  how: { queue: Asking; buy: Asking; asWaiting: () => Call; asShopping: () => Call },
) {
  const { queue, buy, asWaiting, asShopping } = how;
  type OneLine = Input<Trpc["line"]["enter"]["mutate"]>;
  return {
    event: (slug: string) => queue("event", () => wait.event.bySlug.query({ slug }, asWaiting())),
    join: (input: Input<Trpc["line"]["join"]["mutate"]>) =>
      queue("join", () => wait.line.join.mutate(input, asWaiting())),
    mine: (input: Input<Trpc["line"]["mine"]["query"]>) =>
      queue("mine", () => wait.line.mine.query(input, asWaiting())),
    // Whose turn it is must not stand behind those who only look.
    checkIn: (ticket: string) => buy("checkIn", () => shop.line.checkIn.mutate({ ticket }, asShopping())),
    rejoin: (input: OneLine) => queue("rejoin", () => wait.line.rejoin.mutate(input, asWaiting())),
    enter: (input: OneLine) => buy("enter", () => shop.line.enter.mutate(input, asShopping())),
    renew: (input: OneLine) => buy("renew", () => shop.line.renew.mutate(input, asShopping())),
    leave: (input: OneLine) => buy("leave", () => shop.line.leave.mutate(input, asShopping())),
  };
}

function saleCalls(trpc: Trpc, buy: Asking, as: () => Call) {
  return {
    hold: (input: Input<Trpc["hold"]["create"]["mutate"]>) =>
      buy("hold", () => trpc.hold.create.mutate(input, as())),
    bestAvailable: (input: Input<Trpc["hold"]["bestAvailable"]["mutate"]>) =>
      buy("bestAvailable", () => trpc.hold.bestAvailable.mutate(input, as())),
    release: (input: Input<Trpc["hold"]["release"]["mutate"]>) =>
      buy("release", () => trpc.hold.release.mutate(input, as())),
    checkout: (input: Input<Trpc["checkout"]["start"]["mutate"]>) =>
      buy("checkout", () => trpc.checkout.start.mutate(input, as())),
    refresh: (orderId: string) => buy("refresh", () => trpc.checkout.refresh.mutate({ orderId }, as())),
    giveUp: (orderId: string) => buy("giveUp", () => trpc.checkout.cancel.mutate({ orderId }, as())),
    order: (orderId: string) => buy("order", () => trpc.order.get.query({ orderId }, as())),
  };
}

type Issued = Pick<LinePass, "pass" | "expiresAtMs" | "nowMs">;

/** The pass of one fan, and what its refusal means. */
function carriedPass() {
  let pass: string | null = null;
  let untilMs = 0;
  return {
    token: () => pass,
    carry(issued: Issued): void {
      pass = issued.pass;
      untilMs = performance.now() + issued.expiresAtMs - issued.nowMs - CLOCK_DOUBT_MS;
    },
    /**
     * A pass that ran out is refused by right; one that is refused before is a fault. But the server takes it as soon as
     * the tickets are paid, which the one who renews it meanwhile cannot know yet.
     */
    named: (code: string, step: string): string =>
      code === "line.pass_required" && (step === "renew" || performance.now() >= untilMs)
        ? "line.pass_over"
        : code,
  };
}

function trpcOver({ url }: DrillClientDeps, lane: Lane, origin: string) {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        headers: ({ op }) => headersOf(op.context["caller"] as SentAs, origin),
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
}

type Step = {
  readonly step: string;
  readonly lane: Lane;
  /** The code by which a refusal is counted. */
  readonly named: (code: string) => string;
};

async function ask<T>(tally: Tally, { step, lane, named }: Step, send: () => Promise<T>): Promise<Answer<T>> {
  const asked = performance.now();
  await lane.slots.take();
  const sent = performance.now();
  tally.slotWait(sent - asked);
  try {
    const value = await send();
    return { ok: true, value };
  } catch (error) {
    const { code, ...rest } = refusalOf(error);
    const refusal = { ...rest, code: named(code) };
    tally.error(refusal.code, step);
    return { ok: false, ...refusal };
  } finally {
    tally.answered(step, performance.now() - sent);
    lane.slots.give();
  }
}

function headersOf({ who, pass }: SentAs, origin: string): Record<string, string> {
  return {
    ...who.headers,
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

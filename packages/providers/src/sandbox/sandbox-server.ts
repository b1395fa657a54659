import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { timingSafeEqual } from "node:crypto";
import { ProviderUnavailable } from "@onsale/core/payment/payment-provider";
import { ProviderRefusal } from "@onsale/core/payment/provider-refusal";
import type { SandboxEntry } from "@onsale/core/payment/sandbox-book";
import { OrderId } from "@onsale/core/shared/ids";
import { CONFIRM_PATH, makeConfirmPage, type PageAnswer } from "./confirm-page.ts";
import type { SandboxBank } from "./sandbox-bank.ts";
import {
  PAGE_MAX,
  PAYMENTS_PATH,
  WireAuthorise,
  type WireEntry,
  WireKey,
  WireMoney,
} from "./sandbox-wire.ts";

export type SandboxServerParts = {
  readonly bank: SandboxBank;
  /** What the shop shows with each call. */
  readonly key: string;
  /** Where browsers reach this server, without a slash at the end. */
  readonly publicUrl: string;
  /** Every answer to the shop is held back so long; 0 for none. */
  readonly delayMs: number;
  /** Repeated by /healthz, so that whoever starts this server knows its answer from a stranger's. */
  readonly instanceId: string | null;
  readonly onFault: (error: unknown) => void;
};

type Told = { readonly status: number; readonly body: unknown };
const BODY_BYTES_MAX = 16 * 1024;
const FORM_BYTES_MAX = 1_024;

/** The sandbox as a third party: bare node:http, for each purchase costs it two calls and it shares the shop's machine. */
export function makeSandboxServer(parts: SandboxServerParts): RequestListener {
  const { delayMs, onFault } = parts;
  const isKey = sameAs(`Bearer ${parts.key}`);
  const page = makeConfirmPage(parts.bank.confirm, new URL(parts.publicUrl).origin);

  async function serveShop(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const told = isKey(req.headers.authorization)
      ? await answerShop(parts.bank, req).catch((error: unknown) => refusalOf(error, onFault))
      : refused(401, "unknown_key");
    if (told === "gone") return;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    json(res, told);
  }

  async function servePage(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { method, url, headers } = req;
    const readForm = async () => {
      const body = await readBody(req, FORM_BYTES_MAX);
      return typeof body === "string" ? body : { text: body.text };
    };
    writePage(res, await page({ method, url, origin: headers.origin, readForm }));
  }

  return (req, res) => {
    const url = req.url ?? "/";
    if (url.startsWith(PAYMENTS_PATH)) serveShop(req, res).catch(fail);
    else if (url.startsWith(CONFIRM_PATH)) servePage(req, res).catch(fail);
    else if (url === "/healthz") json(res, { status: 200, body: { ok: true, instance: parts.instanceId } });
    else json(res, refused(404, "not_found"));

    function fail(error: unknown): void {
      onFault(error);
      res.destroy();
    }
  };
}

const refused = (status: number, code: string): Told => ({ status, body: { error: { code } } });

const STATUS_OF = { unknown_payment: 404, key_reused: 409, invalid_call: 400 } as const;

function refusalOf(error: unknown, onFault: (error: unknown) => void): Told {
  if (error instanceof ProviderRefusal) return refused(STATUS_OF[error.code], error.code);
  // A bank that stalls: whoever stands between gives up waiting for it.
  if (error instanceof ProviderUnavailable) return refused(504, "no_answer");
  onFault(error);
  return refused(500, "internal");
}

async function answerShop(bank: SandboxBank, req: IncomingMessage): Promise<Told | "gone"> {
  const { pathname, searchParams } = urlOf(req);
  const [ref = "", verb, ...rest] = pathname.slice(PAYMENTS_PATH.length).split("/").slice(1);
  const isWrite = req.method === "POST";
  if (rest.length > 0 || !(isWrite || req.method === "GET")) return refused(405, "not_allowed");
  if (!isWrite) return verb === undefined ? read(bank, ref, searchParams) : refused(405, "not_allowed");
  const body = await readBody(req, BODY_BYTES_MAX);
  if (body === "gone") return body;
  if (body === "too_large") return refused(413, "too_large");
  return { status: 200, body: await write(bank, { ref, verb, input: jsonOf(body.text), key: keyOf(req) }) };
}

type Write = {
  readonly ref: string;
  readonly verb: string | undefined;
  readonly input: unknown;
  readonly key: string;
};

async function write(bank: SandboxBank, { ref, verb, input, key: idempotencyKey }: Write): Promise<unknown> {
  const call = { idempotencyKey, providerRef: ref };
  if (ref === "" && verb === undefined)
    return bank.authorise({ idempotencyKey, ...parsed(WireAuthorise, input) });
  if (verb === "capture") return bank.capture({ ...call, ...parsed(WireMoney, input) });
  if (verb === "refund") return bank.refund({ ...call, ...parsed(WireMoney, input) });
  if (verb === "void") return bank.voidPayment(call);
  throw new ProviderRefusal("invalid_call");
}

async function read(bank: SandboxBank, ref: string, query: URLSearchParams): Promise<Told> {
  if (ref !== "") {
    const payment = await bank.find(ref);
    return payment ? { status: 200, body: payment } : refused(404, "unknown_payment");
  }
  const [key, order] = [query.get("key"), query.get("order")];
  if (key === null && order === null) return { status: 200, body: await list(bank, query) };
  const found =
    key === null
      ? await bank.findByOrder(parsed(OrderId, order))
      : await bank.findByKey(parsed(WireKey, key));
  return { status: 200, body: { payments: found ? [found] : [] } };
}

async function list(bank: SandboxBank, query: URLSearchParams) {
  const asked = Number(query.get("limit") ?? PAGE_MAX);
  if (!Number.isInteger(asked) || asked < 1) throw new ProviderRefusal("invalid_call");
  const limit = Math.min(asked, PAGE_MAX);
  const payments = await bank.list({ after: query.get("after"), limit });
  return {
    payments: payments.map(entryOf),
    next: payments.length === limit ? (payments.at(-1)?.providerRef ?? null) : null,
  };
}

/** Where a fan confirms is for the fan alone, and not for whoever reads the books. */
const entryOf = ({ returnUrl: _url, method: _method, ...entry }: SandboxEntry): WireEntry => ({
  ...entry,
  actionUrl: null,
});

function parsed<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T } }, value: unknown): T {
  const { success, data } = schema.safeParse(value);
  if (!success || data === undefined) throw new ProviderRefusal("invalid_call");
  return data;
}

const keyOf = (req: IncomingMessage) => parsed(WireKey, req.headers["idempotency-key"]);

function urlOf({ url = "/" }: IncomingMessage): { pathname: string; searchParams: URLSearchParams } {
  const at = url.indexOf("?");
  return {
    pathname: at < 0 ? url : url.slice(0, at),
    searchParams: new URLSearchParams(at < 0 ? "" : url.slice(at + 1)),
  };
}

function jsonOf(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderRefusal("invalid_call");
  }
}

function sameAs(expected: string): (given: string | undefined) => boolean {
  const wanted = Buffer.from(expected);
  return (given) => {
    const shown = Buffer.from(given ?? "");
    return shown.length === wanted.length && timingSafeEqual(shown, wanted);
  };
}

function readBody(req: IncomingMessage, bytesMax: number): Promise<{ text: string } | "too_large" | "gone"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    req.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) chunks.push(chunk);
      else resolve("too_large");
    });
    req.on("end", () => resolve({ text: Buffer.concat(chunks).toString("utf8") }));
    req.on("close", () => resolve("gone"));
    req.on("error", () => resolve("gone"));
  });
}

function json(res: ServerResponse, { status, body }: Told): void {
  const text = JSON.stringify(body);
  res
    .writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
    .end(text);
}

function writePage(res: ServerResponse, answer: PageAnswer | null): void {
  if (answer) res.writeHead(answer.status, answer.headers).end(answer.body);
}

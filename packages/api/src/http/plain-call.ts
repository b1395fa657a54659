import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type AnyTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
  type TRPCProcedureType,
} from "@trpc/server";
import type { RequestContext } from "../context.ts";
import { appRouter } from "../router.ts";

export type PlainCall = {
  readonly path: string;
  readonly procedure: AnyTRPCProcedure;
  readonly type: TRPCProcedureType;
  /** JSON as it came; empty: no input. */
  readonly text: string;
};

export type CallFailure = {
  readonly error: TRPCError;
  readonly path: string | undefined;
  readonly type: TRPCProcedureType | "unknown";
};

export type PlainCallDeps = {
  readonly contextOf: (req: IncomingMessage, res: ServerResponse) => Promise<RequestContext>;
  readonly onError: (failure: CallFailure) => void;
};

/** "hold.create": flat, whatever its type says. */
const PROCEDURES = new Map(Object.entries<unknown>(appRouter._def.procedures).filter(isProcedure));
const METHOD_OF: Partial<Record<TRPCProcedureType, string>> = { query: "GET", mutation: "POST" };
const JSON_TYPE = "application/json";

/**
 * One call of one procedure as tRPC's own client sends it: what nearly every request of a release day is. null: anything
 * else (a batch, a stream, an unknown name, another method, a parameter or type that tRPC gives a meaning), which is tRPC's own
 * handler's to answer. `body`: what a POST brought.
 */
export function plainCallOf(req: IncomingMessage, prefix: string, body: string): PlainCall | null {
  const { url = "", headers, method } = req;
  const at = url.indexOf("?");
  const path = url.slice(prefix.length, at < 0 ? undefined : at);
  const procedure = PROCEDURES.get(path);
  if (!procedure || !url.startsWith(prefix)) return null;
  const { type } = procedure._def;
  if (METHOD_OF[type] !== method) return null;
  if (headers["trpc-accept"] !== undefined || headers.accept?.includes("jsonl")) return null;
  const isJson = mediaType(headers["content-type"]) === JSON_TYPE;
  if (!isJson && (method === "POST" || headers["content-type"] !== undefined)) return null;
  const text = method === "POST" ? (at < 0 ? body : null) : inputIn(at < 0 ? "" : url.slice(at + 1));
  if (text === null || !URL.canParse(url, `http://${headers.host ?? "localhost"}`)) return null;
  return { path, procedure, type, text };
}

function isProcedure(entry: [string, unknown]): entry is [string, AnyTRPCProcedure] {
  return typeof entry[1] === "function" && "_def" in entry[1];
}

const mediaType = (header: string | undefined) => header?.split(";", 1)[0]?.trim().toLowerCase();

/** null: the query has more than an input. */
function inputIn(query: string): string | null {
  if (query === "") return "";
  if (!query.startsWith("input=") || /[&#]/.test(query)) return null;
  return new URLSearchParams(query).get("input");
}

/**
 * Answers a plain call with the bytes that tRPC's handler would answer, through the same procedure (middleware, schemas,
 * error formatter) and without the Request, Response and streams of the Fetch API that it builds for each call
 * (docs/decisions/0025-door.md).
 */
export function makePlainCalls({ contextOf, onError }: PlainCallDeps) {
  return async function answerPlain(
    req: IncomingMessage,
    res: ServerResponse,
    { path, procedure, type, text }: PlainCall,
  ): Promise<void> {
    let ctx: RequestContext | undefined;
    let input: unknown;
    const getRawInput = async () => (input ??= parse(text));
    try {
      ctx = await contextOf(req, res);
      const data: unknown = await procedure({
        path,
        getRawInput,
        ctx,
        type,
        signal: undefined,
        batchIndex: 0,
      });
      return send(res, 200, JSON.stringify({ result: { data } }));
    } catch (cause) {
      const error = getTRPCErrorFromUnknown(cause);
      onError({ error, path, type });
      const config = appRouter._def._config;
      const shape = getTRPCErrorShape({ config, error, type, path, input, ctx });
      send(res, shape.data.httpStatus, JSON.stringify({ error: shape }));
    }
  };
}

/** A byte order mark is no part of a text. What is no JSON is told as tRPC tells it. */
function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (cause) {
    throw new TRPCError({ code: "BAD_REQUEST", cause });
  }
}

function send(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, {
    vary: "trpc-accept, accept",
    "content-type": JSON_TYPE,
    "content-length": Buffer.byteLength(body),
  });
  res.end(body);
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, retryAfterMsOf } from "@onsale/core/shared/errors";
import { EventId } from "@onsale/core/shared/ids";
import { getTRPCErrorFromUnknown, getTRPCErrorShape } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import type { TRPCRequestInfo } from "@trpc/server/http";
import type { SaleCatalog } from "@onsale/core/event/sale-catalog";
import type { Config } from "../config.ts";
import type { ProcessContext } from "../context.ts";
import type { Logger } from "../log.ts";
import { isOwnOrigin, makeRequestContext, peerAddress, type RequestContext } from "../context.ts";
import { appRouter } from "../router.ts";
import { expected, expectedOrSame } from "../trpc.ts";
import { answer } from "./answer.ts";
import { type CallFailure, makePlainCalls, plainCallOf } from "./plain-call.ts";
import {
  makeStreamSlots,
  type StreamSlots,
  STREAMS_PER_ADDRESS_MAX,
  STREAMS_PER_PROCESS_MAX,
} from "./stream-slots.ts";
import { readTrpcBody, STAFF_BODY_BYTES_MAX } from "./trpc-body.ts";
import type { UnknownNames } from "./unknown-names.ts";

export const TRPC_PATH = "/api/trpc/";
/** Calls in one HTTP request; rate limits count each of them. */
const BATCH_MAX = 10;

export type TrpcParts = ProcessContext & {
  readonly config: Config;
  readonly log: Logger;
  readonly catalog: SaleCatalog;
};
export type TrpcHandlerDeps = {
  readonly parts: TrpcParts;
  readonly unknownNames: UnknownNames;
  /** A store does not answer. */
  readonly noteOutage: (err: unknown, path: string | undefined) => void;
};

/** tRPC over HTTP, behind what has to be decided before it reads a body or opens a stream. */
export function makeTrpcHandler(deps: TrpcHandlerDeps) {
  const { parts, noteOutage } = deps;
  const { config } = parts;
  const answerCall = makeAnswerCall(deps);

  async function withBody(req: IncomingMessage, res: ServerResponse, procedure: string): Promise<void> {
    // A form or a plain-text POST is what another site can send without asking; a tRPC call is JSON.
    if (!/^application\/json\b/.test(req.headers["content-type"] ?? "")) {
      return isOwnOrigin(req, config.publicUrl)
        ? answer(req, res, { status: 415, body: "Send JSON.\n" })
        : answer(req, res, { status: 403, body: "This request did not come from this site.\n" });
    }
    try {
      const body = await readTrpcBody(parts, req, procedure);
      if (body === null) return;
      await answerCall(req, res, body);
    } catch (error) {
      const app = expected(error);
      if (!app) throw error;
      if (app.category === "unavailable" && app.cause) noteOutage(app.cause, procedure);
      refuse(req, res, app);
    }
  }

  return async function handleTrpc(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    res.setHeader("cache-control", "private, no-store");
    if (req.method === "POST") await withBody(req, res, path.slice(TRPC_PATH.length));
    else await answerCall(req, res, "");
  };
}

/** By the short way where it is a plain call, else by tRPC's own handler. */
function makeAnswerCall({ parts, unknownNames, noteOutage }: TrpcHandlerDeps) {
  const { log } = parts;
  const admitStream = makeAdmitStream(parts, unknownNames);

  async function contextOf(req: IncomingMessage, res: ServerResponse): Promise<RequestContext> {
    try {
      return await makeRequestContext(parts, { req, res });
    } catch (error) {
      sayWhen(res, error);
      throw expectedOrSame(error);
    }
  }

  function onError({ error, path, type }: CallFailure): void {
    if (error.code === "INTERNAL_SERVER_ERROR")
      log.error({ err: error.cause ?? error, path, type }, "procedure failed");
    else if (error.code === "SERVICE_UNAVAILABLE" && error.cause?.cause) noteOutage(error.cause.cause, path);
  }

  const trpc = createHTTPHandler({
    router: appRouter,
    basePath: TRPC_PATH,
    maxBatchSize: BATCH_MAX,
    maxBodySize: STAFF_BODY_BYTES_MAX,
    createContext: async ({ req, res, info }) => {
      if (info.type === "subscription") await admitStream(req, res, info);
      return contextOf(req, res);
    },
    onError,
  });
  const answerPlain = makePlainCalls({ contextOf, onError });

  return async function answerCall(req: IncomingMessage, res: ServerResponse, body: string): Promise<void> {
    const plain = plainCallOf(req, TRPC_PATH, body);
    if (plain) await answerPlain(req, res, plain);
    // Where tRPC looks for a body that was read before it.
    else trpc(req.method === "POST" ? Object.assign(req, { body }) : req, res);
  };
}

function makeAdmitStream({ config, catalog }: TrpcParts, unknownNames: UnknownNames) {
  const slots = makeStreamSlots({
    perAddress: Math.max(1, Math.round(STREAMS_PER_ADDRESS_MAX * config.limitsScale)),
    perProcess: STREAMS_PER_PROCESS_MAX,
  });

  /** Throws rate.limited or event.not_found. */
  async function admit(req: IncomingMessage, res: ServerResponse, info: TRPCRequestInfo): Promise<void> {
    const address = peerAddress(req, config.trustedProxyHops);
    takeSlot(slots, address, res);
    const input = await info.calls[0]?.getRawInput();
    const id = EventId.safeParse(typeof input === "object" && input && "eventId" in input && input.eventId);
    // What does not fit is refused by the procedure's own schema.
    if (!id.success) return;
    const asked = { name: `event ${id.data}`, address };
    const sale = await unknownNames(asked, () => catalog.findPublic(id.data));
    if (!sale) throw new AppError("event.not_found");
  }

  return async function admitStream(
    req: IncomingMessage,
    res: ServerResponse,
    info: TRPCRequestInfo,
  ): Promise<void> {
    try {
      await admit(req, res, info);
    } catch (error) {
      // tRPC would begin a stream with 200; this way nothing between here and the page takes it for one.
      res.statusCode = statusOf(error);
      sayWhen(res, error);
      throw expectedOrSame(error);
    }
  };
}

/** For as long as the answer is open. Throws rate.limited. */
function takeSlot(slots: StreamSlots, address: string, res: ServerResponse): void {
  const leave = slots.take(address);
  if (res.closed) leave();
  else res.once("close", leave);
}

const errorOf = (error: unknown) => getTRPCErrorFromUnknown(expectedOrSame(error));

function shapeOf(error: unknown) {
  return getTRPCErrorShape({
    config: appRouter._def._config,
    error: errorOf(error),
    type: "unknown",
    path: undefined,
    input: undefined,
    ctx: undefined,
  });
}

function statusOf(error: unknown): number {
  return shapeOf(error).data.httpStatus;
}

export function retryAfter(error: unknown): Record<string, string> {
  const app = expected(error);
  const ms = app && retryAfterMsOf(app);
  return ms !== null ? { "retry-after": String(Math.ceil(ms / 1_000)) } : {};
}

function sayWhen(res: ServerResponse, error: unknown): void {
  for (const [name, value] of Object.entries(retryAfter(error))) res.setHeader(name, value);
}

/** A refusal in the words of tRPC, without tRPC; its client takes one error for every call of a batch. */
function refuse(req: IncomingMessage, res: ServerResponse, error: AppError): void {
  const shape = shapeOf(error);
  answer(req, res, {
    status: shape.data.httpStatus,
    body: JSON.stringify({ error: shape }),
    headers: {
      "content-type": "application/json",
      "cache-control": "private, no-store",
      ...retryAfter(error),
    },
  });
}

import { AppError, type ErrorCategory, retryAfterMsOf } from "@onsale/core/shared/errors";
import { ownedIn } from "@onsale/core/organization/owned";
import { may, type Permission } from "@onsale/core/organization/permissions";
import { type Fan, fan, type Member, type Operator } from "@onsale/core/actor/actor";
import { isOutage, isUnstorableText } from "@onsale/db/pg-errors";
import {
  getTRPCErrorFromUnknown,
  initTRPC,
  TRPCError,
  type TRPC_ERROR_CODE_KEY,
  type TRPCProcedureType,
} from "@trpc/server";
import type { RequestContext } from "./context.ts";
import type { GuardName } from "@onsale/core/risk/admission";
import type { LimitName } from "@onsale/core/risk/limits";
import { shortMessage } from "./http/short-message.ts";
import { type Outcome, outcomeOf, instrumentIn } from "./risk/read-calls.ts";

/** Nine categories, one code each; HTTP follows from the code. The CLI has the same table with exit codes. */
export const TRPC_CODE_BY_CATEGORY = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  expired: "PRECONDITION_FAILED",
  limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCategory, TRPC_ERROR_CODE_KEY>;

type Meta = {
  /** Counted per call, not per request: batching buys nothing. */
  readonly limit?: LimitName;
  /** Stands between a signed-in fan and what bots are after; `known` only asks whether the account is blocked. */
  readonly guard?: GuardName;
  /** What a member of an organization must be allowed to do. */
  readonly permission?: Permission;
  /** What the answer tells about the account: a hold was made, or a payment went well or badly. */
  readonly outcome?: Outcome;
};

const t = initTRPC
  .context<RequestContext>()
  .meta<Meta>()
  .create({
    isDev: false,
    // A proxy that buffers or drops idle streams must not look like a quiet sale.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error }) {
      const app =
        error.cause instanceof AppError ? { code: error.cause.code, details: error.cause.details } : null;
      const hidden = error.code === "INTERNAL_SERVER_ERROR";
      const { stack: _stack, ...data } = shape.data;
      return {
        ...shape,
        message: hidden ? "internal" : shortMessage(shape.message, error.cause),
        data: { ...data, app },
      };
    },
  });

type Before = {
  readonly ctx: RequestContext;
  readonly type: TRPCProcedureType;
  readonly meta: Meta | undefined;
  readonly getRawInput: () => Promise<unknown>;
};

/** Before anything else is done for a call. Who has to sign in first is told so after the limits, and is scored then. */
async function admit({ ctx, type, meta, getRawInput }: Before): Promise<void> {
  if (type === "mutation" && ctx.foreignOrigin) throw new AppError("origin.foreign");
  const limit = (ctx.counted && meta?.limit) || null;
  const instrument = limit === "checkout" ? instrumentIn(await getRawInput()) : null;
  await ctx.admission.admit(ctx.actor, ctx.call, { limit, guard: meta?.guard ?? null, instrument });
}

/**
 * Around every call: what is refused before it or in it is told and counted alike. One middleware and not three, as tRPC
 * copies what it hands on for each.
 */
const aroundCalls = t.middleware(async ({ next, path, ...call }) => {
  const { ctx } = call;
  const startedAtMs = performance.now();
  const called = (outcome: "ok" | "refused" | "failed") =>
    ctx.metrics.called(path, outcome, performance.now() - startedAtMs);
  const refused = await admit(call).then(() => null, getTRPCErrorFromUnknown);
  const result = refused ? { ok: false as const, error: refused } : await next();
  if (result.ok) {
    called("ok");
    return result;
  }
  const cause = expected(result.error.cause);
  called(cause || result.error.code !== "INTERNAL_SERVER_ERROR" ? "refused" : "failed");
  if (!cause) throw result.error;
  ctx.metrics.refused(cause.code);
  const retryAfterMs = retryAfterMsOf(cause);
  if (retryAfterMs !== null) ctx.setHeader("retry-after", String(Math.ceil(retryAfterMs / 1_000)));
  throw refusal(cause);
});

/** HTTP has a status of its own for one code, and proxies know it. */
const codeOf = ({ code, category }: AppError): TRPC_ERROR_CODE_KEY =>
  code === "input.too_large" ? "PAYLOAD_TOO_LARGE" : TRPC_CODE_BY_CATEGORY[category];

const refusal = (cause: AppError) => new TRPCError({ code: codeOf(cause), message: cause.message, cause });

/** What a caller is told in words; null for a fault of ours. */
export function expected(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (isOutage(error)) return new AppError("service.unavailable", { retryAfterMs: 2_000 }, { cause: error });
  if (isUnstorableText(error)) return new AppError("input.invalid", { why: "characters" }, { cause: error });
  return null;
}

/** The same for what happens before the first procedure. */
export function expectedOrSame(error: unknown): unknown {
  const app = expected(error);
  return app ? refusal(app) : error;
}

/** For who is signed in. What came of the call is noted for them. */
const asFan = t.middleware(async ({ next, meta, ctx }) => {
  const actor = signedIn(ctx);
  const result = await next({ ctx: { actor } });
  const known = meta?.outcome && result.ok ? outcomeOf(meta.outcome, result.data) : null;
  if (known) ctx.admission.note(actor, ctx.call, known);
  return result;
});

/** Read from Postgres on every call: a withdrawn role counts at once. */
const requireOperator = t.middleware(async ({ next, ctx }) => {
  const { account } = await freshly(ctx);
  if (account.role !== "operator") throw new AppError("account.not_allowed");
  const actor: Operator = { kind: "operator", account };
  return next({ ctx: { actor } });
});

function signedIn({ actor }: RequestContext): Fan {
  if (actor.kind === "visitor") throw new AppError("account.sign_in_required");
  return actor;
}

async function freshly(ctx: RequestContext): Promise<Fan> {
  const fresh = await ctx.sessions.fresh({ actor: signedIn(ctx), sessionId: ctx.sessionId });
  if (!fresh) throw new AppError("account.not_allowed");
  return fan(fresh);
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
export const publicProcedure = t.procedure.use(aroundCalls);
export const fanProcedure = publicProcedure.use(asFan);
/**
 * For who may do `permission` in the organization that owns what the input names, read from Postgres on every call. A thing
 * of another organization is as unknown as one that is not there; an operator may do everything everywhere.
 * What the procedure works with then reaches rows of that organization alone.
 */
const requirePermission = (permission: Permission) =>
  t.middleware(async ({ next, ctx, getRawInput }) => {
    const fresh = await freshly(ctx);
    const { account } = fresh;
    const thing = ownedIn(await getRawInput());
    if (!thing) throw new AppError("input.invalid", { why: "names_nothing" });
    const { organization, role } = await ctx.services.memberships.require(fresh, thing);
    if (!may(role, permission)) throw new AppError("account.not_allowed");
    const services = ctx.portal(organization);
    const actor: Member | Operator =
      account.role === "operator"
        ? { kind: "operator", account }
        : { kind: "member", account, organization, role };
    return next({ ctx: { services, actor, organization } });
  });

export const memberProcedure = (permission: Permission) =>
  publicProcedure.meta({ limit: "staff", permission }).use(requirePermission(permission));
export const operatorProcedure = publicProcedure.meta({ limit: "staff" }).use(requireOperator);

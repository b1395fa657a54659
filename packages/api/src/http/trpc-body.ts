import type { IncomingMessage } from "node:http";
import { isStaff } from "@onsale/core/account/session";
import { tooMuchJson } from "@onsale/core/layout/import/count-first";
import { AppError } from "@onsale/core/shared/errors";
import type { SessionReader } from "../account/session.ts";
import type { Config } from "../config.ts";
import { isOwnOrigin } from "../context.ts";
import { announcedBytes, readBody } from "./read-body.ts";

/** Fifty times what a fan's largest call has. */
export const BODY_BYTES_MAX = 128 * 1024;
/** A layout file is the largest thing anyone uploads. */
export const STAFF_BODY_BYTES_MAX = 24 * 1024 * 1024;
/** Twice what the longest list of prices or addresses has; a layout file is one text among them. */
const VALUES_MAX = 200_000;
/** Whole files and lists; each call alone in its request, and only from staff. */
const LARGE_CALLS: ReadonlySet<string> = new Set([
  "admin.layouts.import",
  "admin.access.addEmails",
  "admin.access.removeEmails",
  "admin.events.publishPrices",
]);

/**
 * The body of a POST as text, read here so that tRPC, which keeps whatever arrives, never meets a large one. null: the
 * peer left. Throws input.too_large, also for what would keep this process busy for seconds because of its millions of
 * brackets; for a large call also what its procedure would: origin.foreign,
 * account.sign_in_required or account.not_allowed, before more than a socket's buffer of it is in memory.
 */
export async function readTrpcBody(
  parts: StaffCheck,
  req: IncomingMessage,
  procedure: string,
): Promise<string | null> {
  const announced = announcedBytes(req);
  const isLarge = LARGE_CALLS.has(procedure) && (announced === null || announced > BODY_BYTES_MAX);
  if (isLarge) await requireStaff(parts, req);
  const bytesMax = isLarge ? STAFF_BODY_BYTES_MAX : BODY_BYTES_MAX;
  const body = await readBody(req, bytesMax);
  if (body.kind === "gone") return null;
  if (body.kind === "too_large") throw new AppError("input.too_large", { bytesMax });
  const text = body.bytes.toString("utf8");
  if (isLarge && tooMuchJson(text, VALUES_MAX))
    throw new AppError("input.too_large", { valuesMax: VALUES_MAX });
  return text;
}

type StaffCheck = { readonly sessions: SessionReader; readonly config: Pick<Config, "publicUrl"> };

async function requireStaff({ sessions, config }: StaffCheck, req: IncomingMessage): Promise<void> {
  if (!isOwnOrigin(req, config.publicUrl)) throw new AppError("origin.foreign");
  const signedIn = await sessions.read(req.headers.cookie);
  if (!signedIn) throw new AppError("account.sign_in_required");
  const fresh = await sessions.fresh(signedIn);
  if (!fresh || !isStaff(fresh)) throw new AppError("account.not_allowed");
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { CHALLENGE_HEADER } from "@onsale/core/risk/challenge-header";
import { readClientSigns } from "@onsale/core/risk/client-signs";
import { addressIn } from "@onsale/core/risk/address-ranges";
import { type Fan, type Visitor, VISITOR } from "@onsale/core/actor/actor";
import type { Call } from "@onsale/core/actor/call";
import type { SessionId } from "@onsale/core/account/session";
import type { Admission } from "@onsale/core/risk/admission";
import type { Clock } from "@onsale/core/shared/clock";
import type { SessionReader } from "./account/session.ts";
import type { OrganizationId } from "@onsale/core/shared/ids";
import type { PortalServices } from "./compose/portal.ts";
import type { Services } from "./compose/services.ts";
import type { Config } from "./config.ts";
import type { Metrics } from "./metrics.ts";

/** What is the same for every request of a process. No store is among it: procedures decide nothing past a service. */
export type ProcessContext = {
  readonly services: Services;
  /** What members of an organization work with: it reaches rows of that organization alone. */
  readonly portal: (organization: OrganizationId) => PortalServices;
  readonly clock: Clock;
  readonly admission: Admission;
  readonly sessions: SessionReader;
  readonly metrics: Metrics;
};

/** These alone, of an object that may have more. */
export const processContext = (all: ProcessContext): ProcessContext => ({
  services: all.services,
  portal: all.portal,
  clock: all.clock,
  admission: all.admission,
  sessions: all.sessions,
  metrics: all.metrics,
});

/** What every procedure gets. Who asks is read from the session cookie before the first procedure runs. */
export type RequestContext = ProcessContext & {
  readonly actor: Visitor | Fan;
  readonly call: Call;
  /** By which of the account's sessions; null also for a caller inside this process. */
  readonly sessionId: SessionId | null;
  /** Why a mutation of this request is refused, or null: decided once from Origin and content type. */
  readonly foreignOrigin: boolean;
  /** false: the reads of a page. Pages wait in a queue that is fair to addresses, and are not counted and refused. */
  readonly counted: boolean;
  readonly setHeader: (name: string, value: string) => void;
};

/** Carries a pass from client to server; bound to the account, so it opens nothing for anybody else. */
export const PASS_HEADER = "x-onsale-pass";

function headerOf({ headers }: Pick<IncomingMessage, "headers">, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : null;
}

export async function makeRequestContext(
  all: ProcessContext & { readonly config: Config },
  { req, res }: { req: IncomingMessage; res: Pick<ServerResponse, "setHeader" | "headersSent"> },
): Promise<RequestContext> {
  const signedIn = await all.sessions.read(req.headers.cookie);
  return {
    ...processContext(all),
    actor: signedIn?.actor ?? VISITOR,
    call: {
      address: peerAddress(req, all.config.trustedProxyHops),
      session: all.sessions.nameOf(req.headers.cookie),
      client: readClientSigns(req.headers),
      pass: headerOf(req, PASS_HEADER),
      answer: headerOf(req, CHALLENGE_HEADER),
    },
    sessionId: signedIn?.sessionId ?? null,
    foreignOrigin: !isOwnOrigin(req, all.config.publicUrl),
    counted: true,
    setHeader: (name, value) => {
      if (!res.headersSent) res.setHeader(name, value);
    },
  };
}

/**
 * X-Forwarded-For is believed only for as many hops from the right as there are trusted proxies; what a client wrote
 * itself stands further left and counts for nothing. Some proxies write the port as well. What is no address counts for
 * the proxy that sent it: all who come that way share its limits, and none is without.
 */
export function peerAddress(req: Pick<IncomingMessage, "headers" | "socket">, trustedHops: number): string {
  const peer = req.socket.remoteAddress ?? "unknown";
  if (trustedHops === 0) return peer;
  const header = req.headers["x-forwarded-for"];
  const hops = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",");
  return addressIn(hops[hops.length - trustedHops] ?? "") ?? peer;
}

/** A browser states where a POST comes from, and that has to be our public address: scheme, host and port. */
export function isOwnOrigin(req: Pick<IncomingMessage, "headers">, publicUrl: string): boolean {
  const { origin } = req.headers;
  return origin !== undefined && origin === new URL(publicUrl).origin;
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { addressKey } from "@onsale/core/risk/address-ranges";
import { sessionCookieName } from "../account/session.ts";
import type { Clock } from "@onsale/core/shared/clock";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { peerAddress } from "../context.ts";
import { answer } from "../http/answer.ts";
import { type FairQueueMax, makeFairQueue } from "./fair-queue.ts";
import { keptRequestOf } from "./keep-rule.ts";
import { makeOwnPages, sendOwnPage } from "./own-page.ts";
import { PLAIN_PAGE_POLICY, plainPage } from "./plain-page.ts";
import type { PlainReason } from "./words/plain-words.ts";
import { sendPublicPage } from "./public-page.ts";
import { makePublicPages } from "./public-pages.ts";
import type { RenderedPage, RenderPage } from "./render-page.ts";

/**
 * More renders at once would not be faster: they are work of one thread, and each waits a little for its reads. One
 * address may be a campus of 2,000 fans.
 */
const MAX: FairQueueMax = { running: 4, waiting: 4_000 };
const RETRY_AFTER_S = 5;

type Deps = {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  readonly metrics: Metrics;
} & {
  readonly render: RenderPage;
  readonly max?: FairQueueMax;
};

/**
 * Stands between the front door and Next. What is the same for everyone is rendered once and kept for a moment; everything
 * else waits in a queue that is fair to addresses. See docs/decisions/0007.
 */
export function makePageServer({ config, log, clock, metrics, render, max = MAX }: Deps) {
  const queue = makeFairQueue(max);
  const policy = { secure: config.publicUrl.startsWith("https:"), turnstile: config.turnstile !== null };
  const publicPage = makePublicPages({ config, log, clock, render, queue, policy });
  const ownPage = makeOwnPages({ render, queue, policy });
  const sessionCookie = sessionCookieName(config.publicUrl);

  function plain(req: IncomingMessage, res: ServerResponse, reason: PlainReason): void {
    metrics.page(reason);
    const isFault = reason === "failed";
    const mayRetry = req.method !== "POST" && !isFault;
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": PLAIN_PAGE_POLICY,
      ...(isFault ? {} : { "retry-after": String(RETRY_AFTER_S) }),
    };
    const body = plainPage(reason, mayRetry ? RETRY_AFTER_S : null);
    answer(req, res, { status: isFault ? 500 : 503, body, headers });
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const address = peerAddress(req, config.trustedProxyHops);
    const who = { address, lane: addressKey(address), left: leftOf(res) };
    const asked = keptRequestOf(req, sessionCookie);
    const page = asked ? await publicPage(asked, who) : await ownPage(req, who);
    if (page === "gone") return;
    if (page === "full") return plain(req, res, "busy");
    if (page.status >= 500 && (asked || isDocument(req, page)))
      return plain(req, res, page.status === 503 ? "outage" : "failed");
    metrics.page("csp" in page ? "own" : "everyones");
    if ("csp" in page) return sendOwnPage(req, res, page);
    return sendPublicPage(req, res, page);
  }

  return function servePage(req: IncomingMessage, res: ServerResponse): void {
    serve(req, res).catch((error: unknown) => {
      log.error({ err: error }, "page failed");
      if (res.headersSent) return void res.destroy();
      plain(req, res, "failed");
    });
  };
}

/** A browser that asked for a whole page is shown one that says what happened; code that asked reads the answer itself. */
const isDocument = (req: IncomingMessage, page: Pick<RenderedPage, "headers">) =>
  req.method !== "POST" &&
  req.headers["rsc"] === undefined &&
  String(page.headers["content-type"] ?? "").startsWith("text/html");

/** Whoever has left needs no page any more. */
function leftOf(res: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  res.once("close", () => leaving.abort());
  return leaving.signal;
}

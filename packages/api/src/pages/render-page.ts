import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import inject from "light-my-request";
import { collectFaults } from "./page-faults.ts";

/** A render that takes longer hangs on something; its turn goes to the next. */
const RENDER_MS_MAX = 20_000;

export type PageRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: Buffer;
};
export type RenderedPage = {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
};
/** As Next hands it out. */
type PageHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;
export type RenderPage = (request: PageRequest) => Promise<RenderedPage>;

/** Those of one connection, and those that are decided anew when the page is sent. */
const NOT_PASSED_ON = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "content-security-policy",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

/**
 * Renders into memory: how long a turn takes does not depend on how fast somebody reads, and what went wrong on the way
 * can still become a page that says so. An outage of a store is 503, as in the API, where Next knows only 500.
 */
export function makeRenderPage(handler: PageHandler): RenderPage {
  const dispatch = (req: IncomingMessage, res: ServerResponse) => {
    handler(req, res).catch((error: unknown) =>
      res.destroy(error instanceof Error ? error : new Error("no page")),
    );
  };
  return async ({ method, url, headers, body }) => {
    const { result, wasOutage } = await collectFaults(() =>
      inject(dispatch, {
        method,
        url,
        headers,
        ...(body ? { payload: body } : {}),
        signal: AbortSignal.timeout(RENDER_MS_MAX),
        validate: false,
      }),
    );
    const passed = Object.entries(result.headers).filter(([name]) => !NOT_PASSED_ON.has(name.toLowerCase()));
    return {
      status: result.statusCode >= 500 && wasOutage ? 503 : result.statusCode,
      headers: Object.fromEntries(passed),
      body: result.rawPayload,
    };
  };
}

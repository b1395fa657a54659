import { randomBytes } from "node:crypto";
import type { Clock } from "@onsale/core/shared/clock";
import type { Config } from "../config.ts";
import type { Logger } from "../log.ts";
import { contentSecurityPolicy } from "../http/security-headers.ts";
import type { FairQueue } from "./fair-queue.ts";
import type { KeptRequest } from "./keep-rule.ts";
import { makeKeptPages } from "./kept-pages.ts";
import { makePublicPage, type PublicPage } from "./public-page.ts";
import type { RenderPage } from "./render-page.ts";

type Deps = {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
} & {
  readonly render: RenderPage;
  readonly queue: FairQueue;
  readonly policy: { readonly secure: boolean; readonly turnstile: boolean };
};
type InLane = { readonly lane: string; readonly left: AbortSignal };

/** Pages that everybody sees alike: one render for all who ask in the same moment. */
export function makePublicPages({ config, log, clock, render, queue, policy }: Deps) {
  const kept = makeKeptPages<PublicPage>(clock);
  const refreshing = new Set<string>();
  const publicPage = makePublicPage(policy);
  const { host } = new URL(config.publicUrl);

  /** Without cookie, query or any other header of the visitor whose request happens to come first. */
  async function renderPublic({ url, locale }: KeptRequest): Promise<PublicPage> {
    const nonce = randomBytes(16).toString("base64url");
    const headers = {
      host,
      accept: "text/html",
      "accept-language": locale,
      "content-security-policy": contentSecurityPolicy(nonce, policy),
    };
    return publicPage(await render({ method: "GET", url, headers }), nonce);
  }

  const start = (asked: KeptRequest) =>
    kept.render(asked.key, {
      work: () => renderPublic(asked),
      mayKeep: ({ mayKeep }) => mayKeep,
    });

  /** In its turn like any render, while the page that is due is still shown. */
  async function refresh(asked: KeptRequest, lane: string): Promise<void> {
    if (refreshing.has(asked.key)) return;
    refreshing.add(asked.key);
    const turn = await queue.enter(lane);
    refreshing.delete(asked.key);
    if (typeof turn === "string") return;
    const flight = kept.look(asked.key)?.isDue ? start(asked) : null;
    await flight?.catch((error: unknown) => log.error({ err: error, path: asked.url }, "page failed"));
    turn();
  }

  /** The page as it is kept, else in its turn; by then somebody else may have rendered it. */
  return async function find(
    asked: KeptRequest,
    { lane, left }: InLane,
  ): Promise<PublicPage | "full" | "gone"> {
    const known = kept.look(asked.key);
    if (known?.isDue) void refresh(asked, lane);
    if (known) return known.page;
    const turn = await queue.enter(lane, left);
    if (typeof turn === "string") return turn;
    try {
      const page = kept.look(asked.key)?.page;
      if (page) return page;
      const underWay = kept.underWay(asked.key);
      // Waiting for what already runs is no work: the turn goes on to the next.
      if (underWay) turn();
      return await (underWay ?? start(asked));
    } finally {
      turn();
    }
  };
}

import "server-only";
import type { PageBridge } from "@onsale/api/page-bridge";
import { cookies, headers } from "next/headers";
import { cache } from "react";

const BRIDGE = Symbol.for("onsale.page-bridge");

/** Set by server.ts before the first request; absent only where pages run without their server. */
export function pageBridge(): PageBridge {
  const bridge = (globalThis as { [BRIDGE]?: PageBridge })[BRIDGE];
  if (!bridge)
    throw new Error("Start the storefront with apps/web/server.ts; `next start` has no API behind it.");
  return bridge;
}

/** The tRPC router as the signed-in account, once per request. */
export const api = cache(async () => {
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  // A page that is rendered for everyone is read by nobody in particular.
  const address = asked.get("x-onsale-peer") ?? "everyone";
  return pageBridge().caller({ cookie: jar.toString(), address });
});
export type Api = Awaited<ReturnType<typeof api>>;

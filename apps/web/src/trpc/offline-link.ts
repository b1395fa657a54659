import type { AppRouter } from "@onsale/api/router";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { OFFLINE } from "../features/errors/app-failure.ts";

/**
 * What acts is refused at once while the browser has no network, and never sent later: nobody who pressed a button a
 * while ago expects to buy now. Reads are left alone; the page asks again by itself.
 */
export function offlineLink(isOnline: () => boolean): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      op.type === "mutation" && !isOnline()
        ? observable((observer) => observer.error(TRPCClientError.from(new Error(OFFLINE))))
        : next(op);
}

import { AsyncLocalStorage } from "node:async_hooks";
import type { TRPCError } from "@trpc/server";

const faults = new AsyncLocalStorage<{ wasOutage: boolean }>();

/** Runs a render and says whether a store was away while it read. */
export function collectFaults<T>(render: () => Promise<T>): Promise<{ result: T; wasOutage: boolean }> {
  const seen = { wasOutage: false };
  return faults.run(seen, async () => {
    const result = await render();
    return { result, wasOutage: seen.wasOutage };
  });
}

/** For the reads of a page. */
export function noteFault({ code }: Pick<TRPCError, "code">): void {
  const seen = faults.getStore();
  if (seen && code === "SERVICE_UNAVAILABLE") seen.wasOutage = true;
}

import { addressKey } from "@onsale/core/risk/address-ranges";
import { AppError } from "@onsale/core/shared/errors";

/** Live maps at one address and in one process; a campus is one address. Said in docs/limits.md. */
export const STREAMS_PER_ADDRESS_MAX = 200;
export const STREAMS_PER_PROCESS_MAX = 20_000;
const RETRY_MS = 10_000;

/** A stream costs memory as long as it is open, so open ones are counted, not calls. */
export function makeStreamSlots(max: { readonly perAddress: number; readonly perProcess: number }) {
  const openAt = new Map<string, number>();
  let open = 0;

  return {
    /** Takes a place until the answer is called, once. Throws rate.limited. */
    take(address: string): () => void {
      const key = addressKey(address);
      const here = openAt.get(key) ?? 0;
      const isAddress = here >= max.perAddress;
      if (isAddress || open >= max.perProcess)
        throw new AppError("rate.limited", {
          retryAfterMs: RETRY_MS,
          limit: isAddress ? max.perAddress : max.perProcess,
          key: isAddress ? "address" : "process",
          what: "streams",
        });
      openAt.set(key, here + 1);
      open += 1;
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        open -= 1;
        const left = (openAt.get(key) ?? 1) - 1;
        if (left > 0) openAt.set(key, left);
        else openAt.delete(key);
      };
    },
  };
}
export type StreamSlots = ReturnType<typeof makeStreamSlots>;

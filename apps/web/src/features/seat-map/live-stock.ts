import { decodeSnapshot } from "@onsale/core/inventory/snapshot-wire";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import {
  applyChange,
  emptyStock,
  isLater,
  loadSnapshot,
  markSeats,
  type SeatStock,
  type StockChange,
} from "./seat-stock.ts";

export type LiveState = "loading" | "live" | "reconnecting" | "failed";

/** Snapshots may come from a cache that is a second behind; so often one that is too old is asked for again. */
const SNAPSHOT_ATTEMPTS = 6;
const SNAPSHOT_WAIT_MS = 700;

export type FetchSnapshot = () => Promise<Uint8Array>;

/**
 * One event's stock in this browser: a snapshot, then changes. While a snapshot is on its way changes are kept, and
 * those that it does not hold yet are applied after it, so nothing is lost and nothing goes back in time.
 */
export function makeLiveStock(
  plan: SeatPlan,
  options: { fetchSnapshot: FetchSnapshot; wait: (ms: number) => Promise<void> },
) {
  const stock: SeatStock = emptyStock(plan);
  const listeners = new Set<(changed: readonly number[]) => void>();
  let waiting: StockChange[] | null = null;
  let loading: Promise<void> | null = null;
  let state: LiveState = "loading";
  let version = 0;

  function tell(changed: readonly number[]): void {
    version++;
    for (const listener of listeners) listener(changed);
  }

  function setState(next: LiveState): void {
    if (state === next) return;
    state = next;
    tell([]);
  }

  async function fetchSince(since: string): Promise<void> {
    waiting = [];
    try {
      for (let attempt = 1; ; attempt++) {
        const snapshot = decodeSnapshot(await options.fetchSnapshot());
        if (isLater(since, snapshot.id) && attempt < SNAPSHOT_ATTEMPTS) {
          await options.wait(SNAPSHOT_WAIT_MS);
          continue;
        }
        const changed = loadSnapshot(plan, stock, snapshot);
        for (const change of waiting) changed.push(...applyChange(plan, stock, change));
        state = "live";
        tell(changed);
        return;
      }
    } catch (error) {
      setState("failed");
      throw error;
    } finally {
      waiting = null;
    }
  }

  return {
    plan,
    stock,
    /** Everything before `since` must be in the snapshot ("0-0": whatever is current). Calls at the same time share one. */
    load(since: string): Promise<void> {
      loading ??= fetchSince(since).finally(() => (loading = null));
      return loading;
    },
    apply(change: StockChange): void {
      if (waiting) return void waiting.push(change);
      const before = stock.lastId;
      const changed = applyChange(plan, stock, change);
      if (changed.length > 0 || before !== stock.lastId) tell(changed);
    },
    /** Seats known to be gone before the stream says so, from a refusal of the server. */
    markTaken(seatNos: readonly number[], stateNow: number): void {
      tell(markSeats(plan, stock, { seatNos, state: stateNow }));
    },
    connection: (next: "live" | "reconnecting") => {
      if (state !== "loading" && state !== "failed") setState(next);
    },
    subscribe: (listener: (changed: readonly number[]) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    version: () => version,
    state: () => state,
  };
}
export type LiveStock = ReturnType<typeof makeLiveStock>;

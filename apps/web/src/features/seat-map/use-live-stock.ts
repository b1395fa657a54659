"use client";

import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { type LiveStock, makeLiveStock } from "./live-stock.ts";

async function fetchSnapshot(eventId: string): Promise<Uint8Array> {
  const response = await fetch(`/api/events/${eventId}/stock`, { cache: "no-store" });
  if (!response.ok) throw new Error(`stock: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const RETRY_MS = 3_000;

/** The live stock of an event; loads itself, follows the stream and catches up after every gap. */
export function useLiveStock(eventId: string, plan: SeatPlan): LiveStock {
  const trpc = useTRPC();
  const [live] = useState(() => makeLiveStock(plan, { fetchSnapshot: () => fetchSnapshot(eventId), wait }));
  const [since, setSince] = useState<string | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const load = () =>
      live.load("0-0").then(
        () => over || setSince(live.stock.lastId),
        () => {
          if (!over) timer = setTimeout(() => void load(), RETRY_MS);
        },
      );
    void load();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [live]);

  useSubscription(
    trpc.inventory.deltas.subscriptionOptions(
      { eventId, lastEventId: since ?? "0-0" },
      {
        enabled: since !== null,
        onData({ id, data }) {
          if (data.kind === "reset") void live.load(id).catch(() => undefined);
          else live.apply({ id, seats: data.seats, areas: data.areas });
        },
        onConnectionStateChange(connection) {
          // The first connecting is no news; connecting with an error behind it is.
          if (connection.state === "pending") live.connection("live");
          else if (connection.state === "connecting" && connection.error) live.connection("reconnecting");
        },
      },
    ),
  );
  return live;
}

/** Rerenders when anything in the stock changed. */
export function useStockVersion(live: LiveStock): number {
  return useSyncExternalStore(live.subscribe, live.version, () => 0);
}

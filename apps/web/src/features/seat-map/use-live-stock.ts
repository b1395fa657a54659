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
/** Around this, times a half to one and a half: so often a map is read anew whose stream was refused. */
const REOPEN_MS = 10_000;

/** The live stock of an event; loads itself, follows the stream and catches up after every gap. */
export function useLiveStock(eventId: string, plan: SeatPlan): LiveStock {
  const trpc = useTRPC();
  const [live] = useState(() => makeLiveStock(plan, { fetchSnapshot: () => fetchSnapshot(eventId), wait }));
  const [since, setSince] = useState<string | null>(null);
  const [round, setRound] = useState(0);

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
    if (round === 0) void load();
    else timer = setTimeout(() => void load(), REOPEN_MS * (0.5 + Math.random()));
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [live, round]);

  useSubscription(
    trpc.inventory.deltas.subscriptionOptions(
      { eventId, lastEventId: since ?? "0-0" },
      {
        enabled: since !== null,
        onData({ id, data }) {
          if (data.kind === "reset") void live.load(id).catch(() => undefined);
          else live.apply({ id, seats: data.seats, areas: data.areas });
        },
        // Too many streams at this address: the browser gives up, so the map is read again and the stream asked for anew.
        onError() {
          live.connection("reconnecting");
          setSince(null);
          setRound((last) => last + 1);
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

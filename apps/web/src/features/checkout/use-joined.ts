"use client";

import type { HoldView } from "@onsale/contract/hold";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "../../trpc/provider.tsx";

/**
 * Several holds are put together, once for what is there: `isJoining` until that was answered. What stays apart afterwards is
 * paid for one after the other.
 */
export function useJoined(
  eventId: string,
  { holds, onJoined }: { holds: readonly HoldView[]; onJoined: (held: HoldView[]) => void },
) {
  const trpc = useTRPC();
  const join = useMutation(trpc.hold.join.mutationOptions({ onSuccess: ({ held }) => onJoined(held) }));
  const active = holds.filter(({ hold }) => hold.state === "active").map(({ hold }) => hold.id);
  const isWanted = active.length > 1 && join.status === "idle";
  const { mutate } = join;
  useEffect(() => {
    if (isWanted) mutate({ eventId });
  }, [isWanted, mutate, eventId]);
  return {
    isJoining: isWanted || join.isPending,
    priceChanged: join.data?.priceChanged ?? false,
    /** Holds beside the one that is paid for now. */
    others: active.length - 1,
  };
}

"use client";

import { LineId, type LineLevers, type LineState } from "@onsale/core/line/line";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { clockTime } from "./console-model.ts";
import type { AdminLine } from "./line-types.ts";

/** Pulls levers and keeps in words what was done last. `onDone` is called after each that worked. */
export function useLevers(line: AdminLine, timeZone: string, onDone: () => void) {
  const trpc = useTRPC();
  const lineId = LineId.parse(line.id);
  const [done, setDone] = useState<string | null>(null);
  const move = useMutation(trpc.admin.lines.move.mutationOptions());
  const pull = useMutation(trpc.admin.lines.levers.mutationOptions());
  function tell(what: string): void {
    setDone(`${clockTime(Date.now(), timeZone)}  ${what}`);
    onDone();
  }
  return {
    done,
    tell,
    isMoving: move.isPending,
    isPulling: pull.isPending,
    error: move.error ?? pull.error,
    move: (to: LineState, what: string): void => {
      pull.reset();
      move.mutate({ lineId, to }, { onSuccess: () => tell(what), onError: onDone });
    },
    pull: (levers: LineLevers, what: string): void => {
      move.reset();
      pull.mutate({ lineId, levers }, { onSuccess: () => tell(what), onError: onDone });
    },
  };
}
export type Levers = ReturnType<typeof useLevers>;

"use client";

import type { AdminLine } from "@onsale/contract/admin-line";
import type { LineLevers, LineState } from "@onsale/core/line/line";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { clockTime } from "./console-model.ts";

/**
 * Pulls levers and keeps in words what was done last. Each goes with the version of the line that is shown, so that one
 * which was pressed on an older sight is refused. `onDone` is called after each, to look at the line again.
 */
export function useLevers(
  { line, version: seen }: { line: Pick<AdminLine, "id">; version: number },
  timeZone: string,
  onDone: () => void,
) {
  const trpc = useTRPC();
  const lineId = line.id;
  const [done, setDone] = useState<string | null>(null);
  // What an own lever made of the line is known before the next look.
  const answered = useRef(0);
  const move = useMutation(trpc.admin.lines.move.mutationOptions());
  const pull = useMutation(trpc.admin.lines.levers.mutationOptions());
  const version = () => Math.max(seen, answered.current);
  function tellOf(what: string) {
    return (after: Pick<AdminLine, "settingsVersion">) => {
      answered.current = after.settingsVersion;
      tell(what);
    };
  }
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
      move.mutate({ lineId, version: version(), to }, { onSuccess: tellOf(what), onError: onDone });
    },
    pull: (levers: LineLevers, what: string): void => {
      move.reset();
      pull.mutate({ lineId, version: version(), levers }, { onSuccess: tellOf(what), onError: onDone });
    },
  };
}
export type Levers = ReturnType<typeof useLevers>;

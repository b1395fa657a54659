"use client";

import { useEffect } from "react";
import { forgetHold, keepHold } from "./kept-hold.ts";

/** Keeps what is held for the top of every page while this one knows of it; `hold` null: there is nothing any more. */
export function useKeepHold(
  path: string,
  hold: {
    readonly accountId: string;
    readonly title: string;
    readonly places: number;
    readonly expiresAtMs: number;
    readonly nowMs: number;
  } | null,
): void {
  const { accountId, title, places, expiresAtMs, nowMs } = hold ?? NOTHING;
  useEffect(() => {
    if (accountId === "") forgetHold(path);
    else keepHold({ accountId, path, title, places, endsAtMs: Date.now() + expiresAtMs - nowMs });
  }, [path, accountId, title, places, expiresAtMs, nowMs]);
}

const NOTHING = { accountId: "", title: "", places: 0, expiresAtMs: 0, nowMs: 0 };

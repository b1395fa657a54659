"use client";

import { useSyncExternalStore } from "react";

const nothingChanges = () => () => undefined;
const own = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone of the reader's own clock; the server does not know it and says `fallback` until the page runs. */
export function useTimeZone(fallback: string): string {
  return useSyncExternalStore(nothingChanges, own, () => fallback);
}

"use client";

import { useEffect, useState } from "react";
import { serverClock } from "./server-clock.ts";

/**
 * Milliseconds until `expiresAtMs` of the server's clock; a browser whose clock is wrong still counts rightly, and so does a
 * page that comes back from the browser's history with the `nowMs` of before.
 */
export function useTimeLeft(times: { readonly expiresAtMs: number; readonly nowMs: number }): number {
  const { expiresAtMs, nowMs } = times;
  const [left, setLeft] = useState(() => expiresAtMs - (serverClock.nowMs() ?? nowMs));
  useEffect(() => {
    serverClock.heard(nowMs);
    const tick = () => setLeft(expiresAtMs - (serverClock.nowMs() ?? nowMs));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [expiresAtMs, nowMs]);
  return left;
}

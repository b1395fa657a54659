"use client";

import { useEffect, useState } from "react";

/** Milliseconds until `expiresAtMs` of the server's clock; a browser whose clock is wrong still counts rightly. */
export function useTimeLeft(times: { readonly expiresAtMs: number; readonly nowMs: number }): number {
  const { expiresAtMs, nowMs } = times;
  const [left, setLeft] = useState(expiresAtMs - nowMs);
  useEffect(() => {
    const endsAt = performance.now() + (expiresAtMs - nowMs);
    const tick = () => setLeft(endsAt - performance.now());
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [expiresAtMs, nowMs]);
  return left;
}

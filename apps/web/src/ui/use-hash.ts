"use client";

import { useSyncExternalStore } from "react";

function onHash(changed: () => void): () => void {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

/** What stands behind the page's address, "#" included, or "". The server never sees it, nor does its log. */
export const useHash = () =>
  useSyncExternalStore(
    onHash,
    () => globalThis.location.hash,
    () => "",
  );

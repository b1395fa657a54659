"use client";

import { useEffect } from "react";
import { forgetCart, keepCart } from "./kept-cart.ts";

/** Keeps what is held for the top of every page while this one knows of it; `cart` null: there is nothing any more. */
export function useKeepCart(
  path: string,
  cart: {
    readonly accountId: string;
    readonly title: string;
    readonly places: number;
    readonly expiresAtMs: number;
    readonly nowMs: number;
  } | null,
): void {
  const { accountId, title, places, expiresAtMs, nowMs } = cart ?? NOTHING;
  useEffect(() => {
    if (accountId === "") forgetCart(path);
    else keepCart({ accountId, path, title, places, endsAtMs: Date.now() + expiresAtMs - nowMs });
  }, [path, accountId, title, places, expiresAtMs, nowMs]);
}

const NOTHING = { accountId: "", title: "", places: 0, expiresAtMs: 0, nowMs: 0 };

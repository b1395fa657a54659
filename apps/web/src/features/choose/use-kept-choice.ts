"use client";

import type { CartItems } from "@onsale/core/pricing/cart-items";
import { useEffect, useRef } from "react";
import { keepChoice, readKeptChoice } from "./kept-choice.ts";

/** Keeps the choice with every change, so that a reload, sign-in and sign-up bring it back. */
export function useKeptChoice(eventId: string, items: CartItems) {
  // Nothing is written before the old choice was read, or the empty first moment would wipe it.
  const isRead = useRef(false);
  useEffect(() => {
    if (isRead.current) keepChoice(eventId, items);
  }, [eventId, items]);
  return {
    takeOnce(): CartItems | null {
      if (isRead.current) return null;
      isRead.current = true;
      return readKeptChoice(eventId);
    },
  };
}

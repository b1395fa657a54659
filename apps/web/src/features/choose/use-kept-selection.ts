"use client";

import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { useEffect, useRef } from "react";
import { keepSelection, readKeptSelection } from "./kept-selection.ts";

/** Keeps the selection with every change, so that a reload, sign-in and sign-up bring it back. */
export function useKeptSelection(eventId: string, items: TicketItems) {
  // Nothing is written before the old selection was read, or the empty first moment would wipe it.
  const isRead = useRef(false);
  useEffect(() => {
    if (isRead.current) keepSelection(eventId, items);
  }, [eventId, items]);
  return {
    takeOnce(): TicketItems | null {
      if (isRead.current) return null;
      isRead.current = true;
      return readKeptSelection(eventId);
    },
  };
}

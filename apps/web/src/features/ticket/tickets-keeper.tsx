"use client";

import { useEffect, useState } from "react";
import { Notice } from "../../ui/notice.tsx";
import { useOnline } from "../../ui/use-online.ts";
import { keepTickets, NOT_KEPT } from "./kept-tickets.ts";

/** Keeps this page on the device, and says when it is read from there. */
export function TicketsKeeper({ accountId, asOf }: { accountId: string; asOf: string }) {
  const online = useOnline();
  const [kept, setKept] = useState(NOT_KEPT);
  useEffect(() => {
    if (!navigator.onLine) return;
    // Where a browser keeps nothing, the page is what it always was: there while there is a network.
    keepTickets(accountId).then(setKept, () => setKept(NOT_KEPT));
  }, [accountId]);
  if (!online || kept.away)
    return (
      <Notice tone="plain" title={online ? "Onsale does not answer right now." : "You are offline."}>
        <p>
          These are your tickets as they were on {asOf}. Their codes are valid at the door without a network.
        </p>
      </Notice>
    );
  return kept.kept ? (
    <p data-kept>Kept on this device: you can open this page without a network until you sign out.</p>
  ) : null;
}

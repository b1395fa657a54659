"use client";

import { useEffect } from "react";
import { forgetTicketsOfOthers } from "./kept-tickets.ts";

/** On every page: tickets that were kept on this device go with the account they are of. */
export function ForgetTickets({ accountId }: { accountId: string | null }) {
  useEffect(() => {
    // A browser that lets nobody look into its storage kept nothing either.
    forgetTicketsOfOthers(accountId).catch(() => undefined);
  }, [accountId]);
  return null;
}

"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";

/**
 * What the browser brings back, whole or from the router's memory, was true when it was left: it is read again at once, so
 * that no page offers what is over.
 */
export function FreshOnReturn() {
  const router = useRouter();
  const queries = useQueryClient();
  useEffect(() => {
    const readAgain = () => {
      void queries.invalidateQueries();
      startTransition(() => router.refresh());
    };
    const onShow = (shown: PageTransitionEvent) => {
      if (shown.persisted) readAgain();
    };
    window.addEventListener("pageshow", onShow);
    window.addEventListener("popstate", readAgain);
    return () => {
      window.removeEventListener("pageshow", onShow);
      window.removeEventListener("popstate", readAgain);
    };
  }, [router, queries]);
  return null;
}

"use client";

import { useEffect } from "react";

/** What the browser brings back, whole or from the router's memory, was true when it was left. */
export function useOnReturn(readAgain: () => void): void {
  useEffect(() => {
    const onShow = (shown: PageTransitionEvent) => {
      if (shown.persisted) readAgain();
    };
    window.addEventListener("pageshow", onShow);
    window.addEventListener("popstate", readAgain);
    return () => {
      window.removeEventListener("pageshow", onShow);
      window.removeEventListener("popstate", readAgain);
    };
  }, [readAgain]);
}

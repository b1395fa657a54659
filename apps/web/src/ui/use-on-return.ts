"use client";

import { useEffect } from "react";

/** What the browser brings back, whole or from the router's memory, was true when it was left. */
export function useOnReturn(readAgain: () => void): void {
  useEffect(() => {
    const onShow = (shown: PageTransitionEvent) => {
      if (shown.persisted) readAgain();
    };
    const onStep = (step: PopStateEvent) => {
      // Every page of the router's has a state. A step without one is to another part of this page, behind the "#": nothing
      // comes back, and reading again would take the address back to what the router knows.
      if (step.state !== null) readAgain();
    };
    window.addEventListener("pageshow", onShow);
    window.addEventListener("popstate", onStep);
    return () => {
      window.removeEventListener("pageshow", onShow);
      window.removeEventListener("popstate", onStep);
    };
  }, [readAgain]);
}

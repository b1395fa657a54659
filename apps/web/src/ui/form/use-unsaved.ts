"use client";

import { useEffect } from "react";

/**
 * Asks before somebody leaves with work that is not saved: by a link, by back and forward, by closing or reloading. What the
 * portal itself does after a save is not asked about.
 */
export function useUnsaved(unsaved: boolean, question: string): void {
  useEffect(() => {
    if (!unsaved) return;
    const staysHere = () => !window.confirm(question);

    // The browser has words of its own for this one.
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || !leaves(link, event) || !staysHere()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Back and forward; where a browser has no Navigation API they are not asked about.
    const navigation = "navigation" in window ? (window.navigation as EventTarget) : null;
    const onNavigate = (event: Event) => {
      const { navigationType } = event as Event & { navigationType?: string };
      if (navigationType === "traverse" && event.cancelable && staysHere()) event.preventDefault();
    };

    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    navigation?.addEventListener("navigate", onNavigate);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
      navigation?.removeEventListener("navigate", onNavigate);
    };
  }, [unsaved, question]);
}

/** Whether this click takes the page away: not to another tab, not to a place on this page, not a download. */
function leaves(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    link.target === "_blank" ||
    link.hasAttribute("download")
  )
    return false;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  const here = window.location;
  return link.origin !== here.origin || link.pathname !== here.pathname || link.search !== here.search;
}

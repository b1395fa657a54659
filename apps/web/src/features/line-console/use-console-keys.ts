"use client";

import { type RefObject, useCallback, useEffect, useSyncExternalStore } from "react";

export type ConsoleKeys = {
  /** Single-key shortcuts are on; a person may turn them off (WCAG 2.1.4). */
  readonly on: boolean;
  readonly setOn: (on: boolean) => void;
  readonly fillScreen: () => void;
};

const STORED = "line-console-keys";

/** What each key reaches: the id of the control that gets the focus; Enter does the rest. */
export const CONSOLE_KEYS = [
  { key: "p", id: "lever-pause", says: "pause" },
  { key: "r", id: "lever-resume", says: "resume" },
  { key: "c", id: "dial-cap", says: "cap" },
  { key: "i", id: "dial-inflow", says: "inflow" },
  { key: "s", id: "dial-pace", says: "pace" },
  { key: "n", id: "dial-notice", says: "notice to fans" },
  { key: "w", id: "waves", says: "waves" },
  { key: "f", id: null, says: "fill the screen" },
] as const;

function listen(changed: () => void): () => void {
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}

export function useConsoleKeys(wall: RefObject<HTMLElement | null>): ConsoleKeys {
  const on = useSyncExternalStore(
    listen,
    () => localStorage.getItem(STORED) !== "off",
    () => true,
  );
  const setOn = useCallback((next: boolean) => {
    localStorage.setItem(STORED, next ? "on" : "off");
    // The browser tells other tabs, not this one.
    window.dispatchEvent(new StorageEvent("storage", { key: STORED }));
  }, []);
  const fillScreen = useCallback(() => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void wall.current?.requestFullscreen();
  }, [wall]);
  useEffect(() => {
    if (!on) return;
    function press(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const found = CONSOLE_KEYS.find(({ key }) => key === event.key.toLowerCase());
      if (!found) return;
      if (found.id === null) fillScreen();
      else if (!reach(found.id)) return;
      event.preventDefault();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on, fillScreen]);
  return { on, setOn, fillScreen };
}

/** The focus alone does nothing: whoever hit a key by accident has changed nothing. */
function reach(id: string): boolean {
  const element = document.getElementById(id);
  if (!element) return false;
  element.scrollIntoView({ block: "center" });
  element.focus();
  if (element instanceof HTMLInputElement) element.select();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

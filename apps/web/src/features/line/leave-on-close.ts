import type { Shelf } from "./line-memory.ts";

/** The tabs of this browser that have one event's line, seats or checkout open, and when each was last seen. */
const tabsKey = (eventId: string) => `onsale:tabs:${eventId}`;
const SEEN_MS = 8_000;
/** A navigation that was announced and never came is forgotten. */
const GOING_MS = 5_000;

export function tabsAfter(
  text: string | null,
  own: { tab: string; open: boolean },
  atMs: number,
): { text: string; others: number } {
  const tabs = Object.entries(readTabs(text)).filter(
    ([tab, seen]) => tab !== own.tab && atMs - seen < SEEN_MS,
  );
  const next = Object.fromEntries(own.open ? [...tabs, [own.tab, atMs]] : tabs);
  return { text: JSON.stringify(next), others: tabs.length };
}

function readTabs(text: string | null): Record<string, number> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, seen]) => typeof seen === "number"));
  } catch {
    return {};
  }
}

export type OpenTab = {
  /** To be called each second: this tab is still open. */
  readonly seen: () => void;
  readonly stop: () => void;
};

/**
 * Gives the pass to the next fan when the last tab is closed. A reload and a link of this site are not a farewell; where
 * a browser cannot tell them from one, nothing is given back, and the pass lapses by itself.
 */
export function leaveOnClose(
  shelf: Shelf,
  { eventId, leave }: { eventId: string; leave: () => void },
): OpenTab {
  const tab = crypto.randomUUID?.() ?? String(Math.random());
  const write = (open: boolean) => {
    const { text, others } = tabsAfter(shelf.getItem(tabsKey(eventId)), { tab, open }, Date.now());
    shelf.setItem(tabsKey(eventId), text);
    return others;
  };
  const attempt = (open: boolean) => {
    try {
      return write(open);
    } catch {
      return 1;
    }
  };
  let goingAtMs = Number.NEGATIVE_INFINITY;
  const going = (event: NavigateEvent) => {
    const isOurs = URL.parse(event.destination.url)?.origin === window.location.origin;
    if (isOurs || event.navigationType === "reload") goingAtMs = Date.now();
  };
  const hide = () => {
    const others = attempt(false);
    const staysHere = Date.now() - goingAtMs < GOING_MS;
    if (others === 0 && !staysHere && "navigation" in window) leave();
  };
  if ("navigation" in window) window.navigation.addEventListener("navigate", going);
  window.addEventListener("pagehide", hide);
  return {
    seen: () => void attempt(true),
    stop() {
      attempt(false);
      if ("navigation" in window) window.navigation.removeEventListener("navigate", going);
      window.removeEventListener("pagehide", hide);
    },
  };
}

/** Outlives the page that sends it. */
export function sendLeave(lineId: string): void {
  void fetch("/api/trpc/line.leave", {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ lineId }),
  }).catch(() => undefined);
}

import type { EventRecord, SaleWindow } from "./event.ts";
import { type EventTimes, salesEndOf } from "./event-times.ts";
import { PUBLIC_WINDOW, windowKeyOf } from "./window-key.ts";

export type SaleStatus =
  | { readonly kind: "open"; readonly window: SaleWindow | null }
  | { readonly kind: "opens"; readonly window: SaleWindow }
  | {
      readonly kind: "closed";
      readonly why: "not_published" | "presale_only" | "paused" | "sold_out" | "over" | "cancelled";
    };

type Sale = Pick<EventRecord, "state" | "saleWindows"> & EventTimes;
/** Keys of the presales that a visitor may buy in. */
export type Grants = ReadonlySet<string>;
const NO_GRANTS: Grants = new Set();

/**
 * Whether this visitor may hold seats now. State, windows and the end of the online sale must all allow it; an event on
 * sale without windows is open. A presale window is there for those alone who have a grant for it; while a public window is open nobody needs one.
 */
export function saleStatus(
  event: Sale,
  nowMs: number,
  { grants = NO_GRANTS }: { readonly grants?: Grants } = {},
): SaleStatus {
  if (isSaleOver(event, nowMs)) return { kind: "closed", why: "over" };
  switch (event.state) {
    case "draft":
      return { kind: "closed", why: "not_published" };
    case "cancelled":
      return { kind: "closed", why: "cancelled" };
    case "ended":
      return { kind: "closed", why: "over" };
    case "paused":
      return { kind: "closed", why: "paused" };
    case "sold_out":
      return { kind: "closed", why: "sold_out" };
    case "published":
    case "on_sale": {
      const windows = windowsFor(event, grants);
      const current = windows.find((window) => isOpen(window, nowMs));
      const next = windows
        .filter((window) => window.opensAtMs > nowMs)
        .sort((a, b) => a.opensAtMs - b.opensAtMs)[0];
      if (event.state === "published")
        return next ? { kind: "opens", window: next } : { kind: "closed", why: "not_published" };
      if (event.saleWindows.length === 0) return { kind: "open", window: null };
      if (current) return { kind: "open", window: current };
      if (next) return { kind: "opens", window: next };
      // Presales that others may still buy in: nobody may without a code, whatever the state says.
      const presaleGoesOn = event.saleWindows.some(
        (window) => window.kind === "presale" && window.closesAtMs > nowMs,
      );
      return { kind: "closed", why: presaleGoesOn ? "presale_only" : "over" };
    }
  }
}

/** Past the end of the online sale nothing is sold, in whatever state the event is left until it ends by itself. */
function isSaleOver(event: Sale, nowMs: number): boolean {
  return event.state !== "draft" && event.state !== "cancelled" && salesEndOf(event) <= nowMs;
}

/** When what is open now closes; null: nobody set a time, so it closes when the event starts or by hand. */
export function closesAtMs(event: Sale, window: SaleWindow | null): number | null {
  return window ? Math.min(window.closesAtMs, salesEndOf(event)) : event.salesEndAtMs;
}

/** The presales that are open now and that only a grant lets into; none while everybody may buy anyway. */
export function presalesOpen(event: Sale, nowMs: number): SaleWindow[] {
  if (event.state !== "on_sale" || isSaleOver(event, nowMs)) return [];
  if (saleStatus(event, nowMs).kind === "open") return [];
  return event.saleWindows.filter((window) => window.kind === "presale" && isOpen(window, nowMs));
}

/** Windows of this visitor that closed within `withinMs` before now, the last one first. */
export function windowsJustClosed(
  event: Sale,
  { nowMs, withinMs, grants }: { readonly nowMs: number; readonly withinMs: number; readonly grants: Grants },
): SaleWindow[] {
  return windowsFor(event, grants)
    .filter(({ closesAtMs }) => closesAtMs <= nowMs && nowMs - withinMs < closesAtMs)
    .sort((a, b) => b.closesAtMs - a.closesAtMs);
}

/** Whether a line's window sells now: a presale for those who may buy in it, and never while everybody may buy anyway. */
export function isWindowSelling(event: Sale, windowKey: string, nowMs: number): boolean {
  const status = saleStatus(event, nowMs, { grants: new Set([windowKey]) });
  if (status.kind !== "open") return false;
  return (status.window ? windowKeyOf(status.window) : PUBLIC_WINDOW) === windowKey;
}

/** Whether the window was there and does not come back. */
export function isWindowOver({ saleWindows }: Pick<Sale, "saleWindows">, windowKey: string, nowMs: number) {
  const windows = saleWindows.filter((window) => windowKeyOf(window) === windowKey);
  return windows.length > 0 && windows.every(({ closesAtMs }) => closesAtMs <= nowMs);
}

/** The key of the presale that a status is open by; null: the public sale, or not open. */
export function presaleKeyOf(status: SaleStatus): string | null {
  return status.kind === "open" && status.window?.kind === "presale" ? windowKeyOf(status.window) : null;
}

/** Public windows first: who may buy with everybody else uses up nothing of a presale. */
function windowsFor({ saleWindows }: Sale, grants: Grants): SaleWindow[] {
  return [
    ...saleWindows.filter((window) => window.kind === "public"),
    ...saleWindows.filter((window) => window.kind === "presale" && grants.has(windowKeyOf(window))),
  ];
}

function isOpen({ opensAtMs, closesAtMs }: SaleWindow, nowMs: number): boolean {
  return opensAtMs <= nowMs && nowMs < closesAtMs;
}

import type { EventRecord, SaleWindow } from "./event.ts";

export type SaleStatus =
  | { readonly kind: "open"; readonly window: SaleWindow | null }
  | { readonly kind: "opens"; readonly window: SaleWindow }
  | {
      readonly kind: "closed";
      readonly why: "not_published" | "presale_only" | "paused" | "sold_out" | "over" | "cancelled";
    };

/**
 * Whether seats may be held now. State and windows must both allow it; an event on sale without windows is open.
 * Presale windows need the code of the line (another chapter) and do not open the public sale.
 */
export function saleStatus(event: Pick<EventRecord, "state" | "saleWindows">, nowMs: number): SaleStatus {
  switch (event.state) {
    case "draft":
      return { kind: "closed", why: "not_published" };
    case "cancelled":
      return { kind: "closed", why: "cancelled" };
    case "ended":
      return { kind: "closed", why: "over" };
    case "paused":
      return { kind: "closed", why: "paused" };
    case "published":
    case "on_sale":
    case "sold_out": {
      const windows = event.saleWindows
        .filter((w) => w.kind === "public")
        .sort((a, b) => a.opensAtMs - b.opensAtMs);
      const current = windows.find((w) => w.opensAtMs <= nowMs && nowMs < w.closesAtMs);
      const next = windows.find((w) => w.opensAtMs > nowMs);
      if (event.state === "published")
        return next ? { kind: "opens", window: next } : { kind: "closed", why: "not_published" };
      if (event.state === "sold_out") return { kind: "closed", why: "sold_out" };
      if (event.saleWindows.length === 0) return { kind: "open", window: null };
      if (current) return { kind: "open", window: current };
      // Only presales: nobody may buy without a code, whatever the state says.
      if (windows.length === 0) return { kind: "closed", why: "presale_only" };
      return next ? { kind: "opens", window: next } : { kind: "closed", why: "over" };
    }
  }
}

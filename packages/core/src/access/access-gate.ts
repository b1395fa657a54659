import type { Fan } from "../actor/actor.ts";
import type { EventState, SaleWindow } from "../event/event.ts";
import type { EventSummary } from "../event/event-store.ts";
import {
  presaleKeyOf,
  presalesOpen,
  saleStatus,
  type SaleStatus,
  windowsJustClosed,
} from "../event/sale-window.ts";
import { PUBLIC_WINDOW, windowKeyOf } from "../event/window-key.ts";
import { HOLD_EXTENSIONS_MAX } from "../event/hold-limits.ts";
import type { Clock } from "../shared/clock.ts";
import type { EventId } from "../shared/ids.ts";
import type { AccountId, HoldId } from "../shared/ids.ts";
import type { GrantCatalog } from "./grant-catalog.ts";
import { accessRequired, allotmentGone, notOnSale } from "./refusals.ts";

export type OpenStatus = Extract<SaleStatus, { kind: "open" }>;
export type AccessGateDeps = {
  readonly grants: GrantCatalog;
  readonly clock: Clock;
  /** Whether this hold is what the waitlist offered to this very account; asked only when a code would be demanded. */
  readonly hasOffer?: (accountId: AccountId, holdId: HoldId) => Promise<boolean>;
};

/** A hold, with the window it was taken in, where that is known. */
export type HoldRef = { readonly id: HoldId; readonly windowKey?: string | null };

/**
 * The window that a hold names, whether or not it is open now; null: it names none, or the event does not have it any
 * more.
 */
function windowTakenIn(
  { saleWindows }: EventSummary,
  { windowKey = null }: Partial<HoldRef>,
): SaleWindow | null {
  return saleWindows.find((window) => windowKeyOf(window) === windowKey) ?? null;
}

/** States in which a hold may still be paid: a pause and a sell-out came after it. */
const SELLING: ReadonlySet<EventState> = new Set(["published", "on_sale", "paused", "sold_out"]);

/** Who may buy when. While everybody may, nothing is looked up: the public sale pays no round trip for presales. */
export function makeAccessGate({ grants, clock, hasOffer = () => Promise.resolve(false) }: AccessGateDeps) {
  /** The sale as it is for this fan. */
  async function statusFor(actor: Fan, event: EventSummary): Promise<SaleStatus> {
    const nowMs = clock.nowMs();
    const presales = presalesOpen(event, nowMs);
    if (presales.length === 0) return saleStatus(event, nowMs);
    const own = await grants.grantsFor(actor, event.id, presales.map(windowKeyOf));
    return saleStatus(event, nowMs, { grants: own });
  }

  async function justClosed(actor: Fan, event: EventSummary): Promise<SaleWindow | null> {
    const nowMs = clock.nowMs();
    const withinMs = event.holdTtlMs * (1 + HOLD_EXTENSIONS_MAX);
    const keys = event.saleWindows.filter(({ kind }) => kind === "presale").map(windowKeyOf);
    const isRecent = event.saleWindows.some(({ closesAtMs: at }) => at <= nowMs && nowMs - withinMs < at);
    if (!isRecent) return null;
    const own = keys.length > 0 ? await grants.grantsFor(actor, event.id, keys) : new Set<string>();
    return windowsJustClosed(event, { nowMs, withinMs, grants: own })[0] ?? null;
  }

  return {
    statusFor,

    /** Throws access.required when a code would open it now, else event.not_on_sale. */
    async requireOpen(actor: Fan, event: EventSummary): Promise<OpenStatus> {
      const status = await statusFor(actor, event);
      if (status.kind === "open") return status;
      const presales = presalesOpen(event, clock.nowMs());
      throw presales.length > 0 ? accessRequired(presales, status) : notOnSale(status);
    },

    /**
     * The sale that the seats of a hold belong to. A hold that names its window: that one, also after it closed or
     * another one opened. A hold that names none: the open window, else this fan's last one that closed so recently
     * that a hold can have lasted until now. Throws access.required when nobody without a code can have taken these
     * seats.
     */
    async statusToKeep(actor: Fan, { ...event }: EventSummary, hold: HoldRef): Promise<SaleStatus> {
      // What is over or cancelled is sold to nobody, whatever they hold.
      if (!SELLING.has(event.state))
        throw notOnSale({ kind: "closed", why: event.state === "cancelled" ? "cancelled" : "over" });
      const takenIn = windowTakenIn(event, hold);
      if (takenIn) return { kind: "open", window: takenIn };
      // A hold outlives the pause and the sell-out that came after it.
      if (event.state === "paused" || event.state === "sold_out") event.state = "on_sale";
      const status = await statusFor(actor, event);
      if (event.state !== "on_sale" || status.kind === "open") return status;
      const window = await justClosed(actor, event);
      if (window) return { kind: "open", window };
      const presales = presalesOpen(event, clock.nowMs());
      const isOffered = presales.length > 0 && (await hasOffer(actor.account.id, hold.id));
      if (presales.length > 0 && !isOffered) throw accessRequired(presales, status);
      return status;
    },

    /** The presales that this fan may buy in; asked for unless one of `wanted` is known to be among them. */
    grantsAmong: (actor: Fan, event: EventSummary, wanted: readonly string[]) =>
      grants.grantsFor(actor, event.id, wanted),

    /** For the line of a presale: whoever joins it needs what its sale needs. Throws access.required. */
    async requireGrant(actor: Fan, event: EventSummary, windowKey: string): Promise<void> {
      if (windowKey === PUBLIC_WINDOW) return;
      const own = await grants.grantsFor(actor, event.id, [windowKey]);
      if (own.has(windowKey)) return;
      const windows = event.saleWindows.filter((window) => windowKeyOf(window) === windowKey);
      throw accessRequired(windows, saleStatus(event, clock.nowMs()));
    },

    /** Whether a presale still has this many places, as last seen here; the claim has the last word. */
    async allotmentRefusal(eventId: EventId, open: SaleStatus, places: number) {
      const windowKey = presaleKeyOf(open);
      const left = windowKey === null ? null : await grants.placesLeft(eventId, windowKey);
      return windowKey === null || left === null || places <= left ? null : allotmentGone(windowKey, left);
    },
  };
}
export type AccessGate = ReturnType<typeof makeAccessGate>;

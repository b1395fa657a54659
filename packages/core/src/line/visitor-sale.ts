import type { AccessGate } from "../access/access-gate.ts";
import type { Fan, Visitor } from "../actor/actor.ts";
import type { EventSummary } from "../event/event-store.ts";
import { saleStatus, type SaleStatus } from "../event/sale-window.ts";
import { PUBLIC_WINDOW } from "../event/window-key.ts";
import type { Clock } from "../shared/clock.ts";
import type { LineRecord } from "./line.ts";
import type { LineCatalog } from "./line-catalog.ts";

export type VisitorSaleDeps = {
  readonly clock: Clock;
  readonly lines: Pick<LineCatalog, "linesOf">;
  readonly access: Pick<AccessGate, "statusFor" | "grantsAmong">;
};

/**
 * The sale of an event as this visitor finds it: open by a presale for those who may buy in it, and with the lines they
 * may join.
 */
export function makeVisitorSale({ clock, lines, access }: VisitorSaleDeps) {
  return async function saleFor(
    actor: Visitor | Fan,
    event: EventSummary,
  ): Promise<{ status: SaleStatus; lines: LineRecord[] }> {
    const all = await lines.linesOf(event.id);
    const open = all.filter((line) => line.windowKey === PUBLIC_WINDOW);
    if (actor.kind === "visitor") return { status: saleStatus(event, clock.nowMs()), lines: open };
    const status = await access.statusFor(actor, event);
    if (open.length === all.length) return { status, lines: open };
    const keys = all.map(({ windowKey }) => windowKey);
    const own = await access.grantsAmong(actor, event, keys);
    return {
      status,
      lines: all.filter(({ windowKey }) => windowKey === PUBLIC_WINDOW || own.has(windowKey)),
    };
  };
}

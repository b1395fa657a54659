import type { AccessGate } from "../access/access-gate.ts";
import type { Account } from "../actor/account.ts";
import type { EventSummary } from "../event/event-store.ts";
import { saleStatus, type SaleStatus } from "../event/sale-window.ts";
import { PUBLIC_WINDOW } from "../event/window-key.ts";
import type { Clock } from "../shared/clock.ts";
import { EventId } from "../shared/ids.ts";
import type { LineRecord } from "./line.ts";
import type { LineCatalog } from "./line-catalog.ts";

export type VisitorSaleDeps = {
  readonly clock: Clock;
  readonly lines: Pick<LineCatalog, "linesOf">;
  readonly access: Pick<AccessGate, "statusFor" | "grantsAmong">;
};

/**
 * The sale of an event as this visitor finds it: open by a presale for those who may buy in it, and with the lines they
 * may join. null: nobody is signed in.
 */
export function makeVisitorSale({ clock, lines, access }: VisitorSaleDeps) {
  return async function saleFor(
    account: Account | null,
    event: EventSummary,
  ): Promise<{ status: SaleStatus; lines: LineRecord[] }> {
    const all = await lines.linesOf(EventId.parse(event.id));
    const open = all.filter((line) => line.windowKey === PUBLIC_WINDOW);
    if (!account) return { status: saleStatus(event, clock.nowMs()), lines: open };
    const status = await access.statusFor(account, event);
    if (open.length === all.length) return { status, lines: open };
    const keys = all.map(({ windowKey }) => windowKey);
    const own = await access.grantsAmong(account, event, keys);
    return {
      status,
      lines: all.filter(({ windowKey }) => windowKey === PUBLIC_WINDOW || own.has(windowKey)),
    };
  };
}

import type { Account } from "@onsale/core/account/account";
import type { EventSummary } from "@onsale/core/event/event-store";
import { saleStatus, type SaleStatus } from "@onsale/core/event/sale-window";
import { PUBLIC_WINDOW } from "@onsale/core/event/window-key";
import type { LineRecord } from "@onsale/core/line/line";
import { EventId } from "@onsale/core/shared/ids";
import type { Container } from "../compose/container.ts";

/**
 * The sale of an event as this visitor finds it: open by a presale for those who may buy in it, and with the lines they
 * may join. null: nobody is signed in.
 */
export async function saleFor(
  { clock, lineCatalog, services: { accessGate } }: Pick<Container, "clock" | "lineCatalog" | "services">,
  account: Account | null,
  event: EventSummary,
): Promise<{ status: SaleStatus; lines: LineRecord[] }> {
  const all = await lineCatalog.linesOf(EventId.parse(event.id));
  const open = all.filter((line) => line.windowKey === PUBLIC_WINDOW);
  if (!account) return { status: saleStatus(event, clock.nowMs()), lines: open };
  const status = await accessGate.statusFor(account, event);
  if (open.length === all.length) return { status, lines: open };
  const keys = all.map(({ windowKey }) => windowKey);
  const own = await accessGate.grantsAmong(account, event, keys);
  return { status, lines: all.filter(({ windowKey }) => windowKey === PUBLIC_WINDOW || own.has(windowKey)) };
}

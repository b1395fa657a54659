import type { Fan } from "../actor/actor.ts";
import type { Call } from "../actor/call.ts";
import type { EventSale } from "../event/sale-catalog.ts";
import type { SaleStatus } from "../event/sale-window.ts";
import { PUBLIC_WINDOW, windowKeyOf } from "../event/window-key.ts";
import type { Clock } from "../shared/clock.ts";
import type { SigningKeys } from "../shared/signing-keys.ts";
import type { AccountId, HoldId } from "../shared/ids.ts";
import type { LineId, LineRecord } from "./line.ts";
import type { LineCatalog } from "./line-catalog.ts";
import { checkPass } from "./line-pass.ts";
import { passRequired } from "./refusals.ts";

export type LineGateDeps = {
  readonly lines: LineCatalog;
  readonly clock: Clock;
  readonly passKeys: SigningKeys;
  /** Whether this hold is what the waitlist offered to this very account; asked only when the pass would be refused. */
  readonly hasOffer: (accountId: AccountId, holdId: HoldId) => Promise<boolean>;
};

/**
 * The line that stands before a sale, if any. A line that is set up stands there from the start and until it is
 * finished: before its lobby opens nobody gets in, and afterwards seats are sold without a pass.
 */
export function lineBefore(lines: readonly LineRecord[], open: SaleStatus): LineRecord | null {
  const key = open.kind === "open" && open.window ? windowKeyOf(open.window) : PUBLIC_WINDOW;
  return lines.find((line) => line.windowKey === key && line.finishedAtMs === null) ?? null;
}

/**
 * The line that a visitor meets. While a sale is open for them: the line before it, if there is one. While none is
 * open: the line before the sale that opens next, else the one whose draw is first. `lines`: those that this visitor
 * may join.
 */
export function lineAhead(lines: readonly LineRecord[], status: SaleStatus): LineRecord | null {
  if (status.kind === "open") return lineBefore(lines, status);
  const going = lines
    .filter(({ finishedAtMs }) => finishedAtMs === null)
    .toSorted((a, b) => a.drawsAtMs - b.drawsAtMs);
  const key = status.kind === "opens" ? windowKeyOf(status.window) : null;
  return going.find(({ windowKey }) => windowKey === key) ?? going[0] ?? null;
}

/**
 * Every procedure that sells asks it; throws line.pass_required. Returns the line whose pass the hold's script must
 * look for.
 */
export function makeLineGate({ lines, clock, passKeys, hasOffer }: LineGateDeps) {
  return {
    async require(
      { account }: Fan,
      { pass }: Pick<Call, "pass">,
      {
        sale,
        open,
        for: purpose,
        holdId,
      }: { sale: EventSale; open: SaleStatus; for: "shop" | "pay"; holdId?: HoldId },
    ): Promise<LineId | null> {
      const line = lineBefore(await lines.linesOf(sale.id), open);
      if (!line) return null;
      const check = checkPass(passKeys, pass, {
        lineId: line.id,
        eventId: sale.id,
        accountId: account.id,
        nowMs: clock.nowMs(),
        for: purpose,
      });
      if (check.kind === "valid") return line.id;
      // A fan who pays for an offer of the waitlist does not stand in the line again.
      if (purpose === "pay" && holdId && (await hasOffer(account.id, holdId))) return null;
      throw passRequired(check.why);
    },
  };
}
export type LineGate = ReturnType<typeof makeLineGate>;

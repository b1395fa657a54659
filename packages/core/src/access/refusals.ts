import type { SaleWindow } from "../event/event.ts";
import type { SaleStatus } from "../event/sale-window.ts";
import { windowKeyOf } from "../event/window-key.ts";
import { AppError } from "../shared/errors.ts";

export const codeRefused = () =>
  new AppError("access.code_refused", "This code opens nothing for this event.");

/** `windows`: the presales that a code would open. */
export const accessRequired = (windows: readonly SaleWindow[], status: SaleStatus) =>
  new AppError("access.required", "This presale is for those with a code or an invitation.", {
    details: {
      presales: windows.map((window) => ({
        windowKey: windowKeyOf(window),
        label: window.label,
        closesAtMs: window.closesAtMs,
      })),
      opensAtMs: status.kind === "opens" ? status.window.opensAtMs : null,
    },
  });

/** `left`: places the presale still has, fewer than were asked for. */
export const allotmentGone = (windowKey: string, left: number) =>
  new AppError(
    "access.allotment_gone",
    left > 0
      ? `This presale has only ${left} ${left === 1 ? "place" : "places"} left. Nothing was charged.`
      : "The places of this presale are gone. Nothing was charged.",
    { details: { windowKey, left } },
  );

export const notOnSale = (status: Exclude<SaleStatus, { kind: "open" }>) =>
  new AppError(
    "event.not_on_sale",
    status.kind === "opens" ? "The sale has not opened yet." : "This event is not on sale now.",
    { details: status.kind === "opens" ? { opensAtMs: status.window.opensAtMs } : { why: status.why } },
  );

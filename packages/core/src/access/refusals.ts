import type { SaleWindow } from "../event/event.ts";
import type { SaleStatus } from "../event/sale-window.ts";
import { windowKeyOf } from "../event/window-key.ts";
import { AppError } from "../shared/errors.ts";

export const codeRefused = () => new AppError("access.code_refused");

/** `windows`: the presales that a code would open. */
export const accessRequired = (windows: readonly SaleWindow[], status: SaleStatus) =>
  new AppError("access.required", {
    presales: windows.map((window) => ({
      windowKey: windowKeyOf(window),
      label: window.label,
      closesAtMs: window.closesAtMs,
    })),
    opensAtMs: status.kind === "opens" ? status.window.opensAtMs : null,
  });

/** `left`: places the presale still has, fewer than were asked for. */
export const allotmentGone = (windowKey: string, left: number) =>
  new AppError("access.allotment_gone", { windowKey, left });

export const notOnSale = (status: Exclude<SaleStatus, { kind: "open" }>) =>
  new AppError(
    "event.not_on_sale",
    status.kind === "opens" ? { opensAtMs: status.window.opensAtMs } : { why: status.why },
  );

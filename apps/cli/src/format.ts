import { formatFigure as figure } from "@onsale/core/shared/format";
import { formatMoney as money } from "@onsale/core/shared/money";
import { TERMINAL_LOCALE } from "./terminal-locale.ts";

/** Counts as whoever reads this terminal writes them. A drill's report is read by others and looks the same everywhere. */
export const formatFigure = (value: number): string => figure(value, { locale: TERMINAL_LOCALE });

export const formatMoney = (amountMinor: number, currency: Parameters<typeof money>[1]): string =>
  money(amountMinor, currency, TERMINAL_LOCALE);

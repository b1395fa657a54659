import type { EventPage } from "@onsale/contract/event";
import { windowKeyOf } from "@onsale/core/event/window-key";
import type { Locale } from "@onsale/core/shared/locale";
import { moment } from "@onsale/core/shared/format";

type PresaleEvent = Pick<EventPage, "sale" | "state" | "saleWindows" | "timeZone">;
export type PresaleLine = {
  readonly windowKey: string;
  readonly label: string;
  readonly isOpen: boolean;
  readonly words: string;
};

const SELLING = new Set(["published", "on_sale", "paused"]);

/** Presales that are open or to come; none once everybody may buy, and none of an event that is over. */
export function presaleLines(event: PresaleEvent, nowMs: number, locale?: Locale): PresaleLine[] {
  const isPublic = event.saleWindows.some(
    ({ kind, opensAtMs, closesAtMs }) => kind === "public" && opensAtMs <= nowMs && nowMs < closesAtMs,
  );
  if (isPublic || !SELLING.has(event.state)) return [];
  return event.saleWindows
    .filter(({ kind, closesAtMs }) => kind === "presale" && nowMs < closesAtMs)
    .toSorted((a, b) => a.opensAtMs - b.opensAtMs)
    .map((window) => {
      const isOpen = window.opensAtMs <= nowMs;
      const closes = moment(window.closesAtMs, event.timeZone, locale);
      return {
        windowKey: windowKeyOf(window),
        label: window.label,
        isOpen,
        words: isOpen
          ? `open until ${closes}`
          : `opens ${moment(window.opensAtMs, event.timeZone, locale)}, until ${closes}`,
      };
    });
}

/** What a fan is told who has access: what is open to them, and from when the rest is. */
export function openedWords(lines: readonly PresaleLine[]): { title: string; text: string } {
  const open = lines.find((line) => line.isOpen);
  const words = lines.map(({ label, words: when }) => `${label}: ${when}.`).join(" ");
  return { title: open ? "You are in: this presale is open to you." : "You are in.", text: words };
}

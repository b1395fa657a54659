import { formatMoney } from "@onsale/core/shared/money";
import type { EventCard } from "../../trpc/types.ts";

/** Dates are the venue's, whatever zone the fan sits in. */
export function eventDate(startsAtMs: number, timeZone: string) {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(startsAtMs);
  return {
    weekday: part({ weekday: "short" }),
    day: part({ day: "numeric" }),
    month: part({ month: "short" }),
    monthAndYear: part({ month: "long", year: "numeric" }),
    time: part({ hour: "2-digit", minute: "2-digit" }),
    full: part({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    iso: new Date(startsAtMs).toISOString(),
  };
}

export function moment(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(atMs);
}

export type SaleWords = { readonly label: string; readonly tone: "go" | "wait" | "off" };

export function saleWords(event: Pick<EventCard, "sale" | "timeZone">): SaleWords {
  const { sale } = event;
  switch (sale.kind) {
    case "open":
      return { label: "On sale", tone: "go" };
    case "opens":
      return { label: `On sale from ${moment(sale.opensAtMs, event.timeZone)}`, tone: "wait" };
    case "closed":
      return {
        label: {
          not_published: "Not on sale yet",
          presale_only: "Presale only",
          paused: "Sale paused",
          sold_out: "Sold out",
          over: "Sale closed",
          cancelled: "Cancelled",
        }[sale.why],
        tone: ["paused", "not_published", "presale_only"].includes(sale.why) ? "wait" : "off",
      };
  }
}

export function fromWords(event: Pick<EventCard, "from" | "currency">): string | null {
  return event.from === null ? null : `from ${formatMoney(event.from, event.currency)}`;
}

export function placeWords(venue: { name: string; city: string }): string {
  return venue.city && !venue.name.includes(venue.city) ? `${venue.name}, ${venue.city}` : venue.name;
}

import type { EventCard } from "@onsale/contract/event";
import { addressLine } from "@onsale/core/venue/address-line";
import { formatMoney } from "@onsale/core/shared/money";
import { DEFAULT_LOCALE, type Locale } from "@onsale/core/shared/locale";
import { moment } from "@onsale/core/shared/format";

export type SaleWords = { readonly label: string; readonly tone: "go" | "wait" | "off" };

export function saleWords(
  event: Pick<EventCard, "sale" | "timeZone">,
  locale: Locale = DEFAULT_LOCALE,
): SaleWords {
  const { sale } = event;
  switch (sale.kind) {
    case "open":
      return { label: "On sale", tone: "go" };
    case "opens":
      return { label: `On sale from ${moment(sale.opensAtMs, event.timeZone, locale)}`, tone: "wait" };
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

export function fromWords(
  event: Pick<EventCard, "from" | "currency">,
  locale: Locale = DEFAULT_LOCALE,
): string | null {
  return event.from === null ? null : `from ${formatMoney(event.from, event.currency, locale)}`;
}

/** The venue and where it is, as far as that is known. */
export function whereWords(venue: { name: string; address: string; city: string; country: string }): string {
  if (venue.address !== "") return `${venue.name}, ${addressLine(venue)}`;
  return [placeWords(venue), venue.country].filter((part) => part !== "").join(", ");
}

export function placeWords(venue: { name: string; city: string }): string {
  return venue.city && !venue.name.includes(venue.city) ? `${venue.name}, ${venue.city}` : venue.name;
}

import type { AdminWaitlist } from "@onsale/contract/admin-waitlist";
import type { WaitlistStand } from "@onsale/core/waitlist/waitlist";
import { moment } from "@onsale/core/shared/format";

type Entry = AdminWaitlist["entries"][number];

/** "2 × Adult, side by side, Balcony or Stalls, section 104". */
export function listedWishWords(
  { quantity, ticketType, together, categories, sections }: Entry["wishes"],
  {
    names,
    ticketTypes,
  }: {
    names: AdminWaitlist["names"];
    ticketTypes: readonly { readonly key: string; readonly label: string }[];
  },
): string {
  const type = ticketTypes.find(({ key }) => key === ticketType)?.label ?? ticketType;
  const levels = categories.map((key) => names.levels[key] ?? key);
  const places = sections.map((key) => names.sections[key] ?? key);
  return [
    `${quantity} × ${type}`,
    ...(quantity > 1 ? [together ? "side by side" : "side by side or apart"] : []),
    levels.length === 0 ? "any price level" : levels.join(" or "),
    ...(places.length === 0
      ? []
      : [`${places.length === 1 ? "section" : "sections"} ${places.join(" or ")}`]),
  ].join(", ");
}

const ENDS = {
  bought: "Bought",
  declined: "Declined the offer",
  lapsed: "Did not answer the offer",
  left: "Left the list",
} as const satisfies Record<NonNullable<Entry["ended"]>, string>;

export const STAND_WORDS = {
  waiting: "Waiting",
  offered: "Has an offer",
  ...ENDS,
} as const satisfies Record<WaitlistStand, string>;

/** What became of the wait, or until when the offer stands. */
export function stateWords({ state, ended, offer, offers }: Entry, timeZone: string): string {
  if (ended) return ENDS[ended];
  if (state === "offered" && offer) return `Has an offer until ${moment(offer.expiresAtMs, timeZone)}`;
  if (offers === 0) return "Waiting";
  return `Waiting, had ${offers === 1 ? "1 offer" : `${offers} offers`}`;
}

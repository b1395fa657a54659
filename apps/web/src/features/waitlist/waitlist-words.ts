import type { Locale } from "@onsale/core/shared/locale";
import type { WaitView } from "@onsale/contract/waitlist";
import type { SaleMap } from "@onsale/contract/event";
import { formatFigure } from "@onsale/core/shared/format";
import { formatMoney } from "@onsale/core/shared/money";
import type { Currency } from "@onsale/core/shared/money-schema";

/** "You are next.", "1 fan is asked before you.", "12 fans are asked before you." */
export function aheadWords(ahead: number, locale: Locale): string {
  if (ahead === 0) return "You are next.";
  return ahead === 1
    ? "1 fan is asked before you."
    : `${formatFigure(ahead, { locale })} fans are asked before you.`;
}

/** One line per wish, in the words of the form. */
export function wishWords(wishes: WaitView["wishes"], map: SaleMap, currency: Currency): string[] {
  const { quantity, together, categories, sections, maxPriceMinor, ticketType } = wishes;
  const type = map.ticketTypes.find(({ key }) => key === ticketType)?.label ?? ticketType;
  const levels = map.categories.filter(({ key }) => categories.includes(key)).map(({ label }) => label);
  return [
    `${quantity} ${quantity === 1 ? "ticket" : "tickets"}, ${type}`,
    ...(quantity > 1 ? [together ? "Side by side" : "Side by side or apart"] : []),
    levels.length === 0 ? "Any price level" : levels.join(", "),
    ...(sections.length === 0
      ? []
      : [sections.length === 1 ? "In one section you chose" : `In ${sections.length} sections you chose`]),
    maxPriceMinor === null
      ? "At any price"
      : `Up to ${formatMoney(maxPriceMinor, currency)} each, fees included`,
  ];
}

/** Who is offered two places in one standing area is offered two, on one line. */
export function offerWords({ seats, standing }: Pick<NonNullable<WaitView["offer"]>, "seats" | "standing">): {
  one: boolean;
  title: string;
} {
  const one = seats + standing === 1;
  if (seats > 0) return { one, title: one ? "A seat for you" : "Seats for you" };
  return { one, title: one ? "A standing place for you" : "Standing places for you" };
}

/** How the last wait ended, for those who may join again; null: it is not over. */
export function endWords(wait: WaitView | null): { title: string; text: string } | null {
  switch (wait?.ended ?? null) {
    case "bought":
      return { title: "You have your tickets.", text: "They are under My tickets." };
    case "declined":
      return {
        title: "You let the seats go.",
        text: "They went to the next fan. Nothing was charged. You can join again, at the end.",
      };
    case "lapsed":
      return {
        title: "The offer is over.",
        text: "The seats went to the next fan. Nothing was charged. You can join again, at the end.",
      };
    case "left":
      return { title: "You left the waitlist.", text: "You can join again, at the end." };
    case null:
      return null;
  }
}

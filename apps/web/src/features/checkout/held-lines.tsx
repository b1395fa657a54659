"use client";

import type { SaleMap } from "@onsale/contract/event";
import type { HoldView } from "@onsale/contract/hold";
import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { formatMoney } from "@onsale/core/shared/money";
import { placeOf } from "../selection/place-of.ts";
import { useLocale } from "../locale/locale-context.tsx";
import { TRAIT_WORDS } from "../selection/trait-words.ts";
import { setAreaType, setSeatType } from "../selection/selection.ts";
import styles from "./checkout.module.css";

type Item = HoldView["quote"]["items"][number];

/** One line per ticket, each with its ticket type. Standing places of one type change together. */
export function HeldLines({
  held,
  map,
  disabled,
  onItems,
}: {
  held: HoldView;
  map: SaleMap;
  disabled: boolean;
  onItems: (items: TicketItems) => void;
}) {
  const { quote, hold } = held;
  const locale = useLocale();
  const change = (item: Item, ticketType: string) => {
    if (item.seatNo !== null) onItems(setSeatType(hold.items, item.seatNo, ticketType));
    else if (item.areaNo !== null)
      onItems(setAreaType(hold.items, { areaNo: item.areaNo, ticketType: item.ticketType }, ticketType));
  };
  return (
    <ul className={styles["lines"]}>
      {quote.items.map((item) => {
        const prices = map.prices.filter((price) => price.category === item.category);
        const place = placeOf(item);
        const trait = held.traits.find(({ seatNo }) => seatNo === item.seatNo)?.trait;
        const category = map.categories.find((one) => one.key === item.category)?.label ?? "";
        return (
          <li key={item.index} className={styles["line"]}>
            <div>
              <p className={styles["place"]}>{place}</p>
              {trait && <p className={styles["trait"]}>{TRAIT_WORDS[trait]}</p>}
              <p className={styles["category"]}>{category}</p>
            </div>
            {prices.length > 1 ? (
              <select
                aria-label={`Ticket type of ${place}`}
                value={item.ticketType}
                disabled={disabled}
                onChange={(event) => change(item, event.currentTarget.value)}
              >
                {prices.map((price) => (
                  <option key={price.ticketType} value={price.ticketType}>
                    {price.ticketTypeLabel}, {formatMoney(price.allInMinor, quote.currency, locale)}
                  </option>
                ))}
              </select>
            ) : (
              <span>{prices[0]?.ticketTypeLabel ?? item.ticketType}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

"use client";

import { formatMoney } from "@onsale/core/shared/money";
import type { LiveStock } from "../seat-map/live-stock.ts";
import { useStockVersion } from "../seat-map/use-live-stock.ts";
import type { Sale } from "./sale-context.ts";
import { leftWords } from "./seat-facts.ts";
import styles from "./legend.module.css";

/** The price levels, dearest first; pressing one shows it alone, pressing more adds them. */
export function Legend({
  sale,
  live,
  shown,
  onShown,
}: {
  sale: Sale;
  live: LiveStock;
  shown: ReadonlySet<number> | null;
  onShown: (shown: ReadonlySet<number> | null) => void;
}) {
  useStockVersion(live);
  const first = sale.priceList.ticketTypes[0]?.key ?? "";
  const toggle = (category: number) => {
    const next = new Set(shown ?? []);
    if (!next.delete(category)) next.add(category);
    onShown(next.size === 0 ? null : next);
  };
  return (
    <fieldset className={styles["legend"]} aria-label="Price levels: show only">
      {sale.levels
        .filter((level) => level.fromMinor !== null)
        .map(({ category, level, fromMinor }) => {
          const { key, label } = sale.plan.categories[category] ?? { key: "", label: "" };
          const open = live.stock.known ? (live.stock.openByCategory[category] ?? 0) : null;
          const price = firstPrice(sale, key, first) ?? fromMinor ?? 0;
          return (
            <button
              key={key}
              type="button"
              className={styles["level"]}
              aria-pressed={shown?.has(category) ?? false}
              data-dim={shown !== null && !shown.has(category)}
              onClick={() => toggle(category)}
            >
              <span className={styles["swatch"]} style={{ background: `var(--seat-${level + 1})` }} />
              <span className={styles["name"]}>{label}</span>
              <span className={styles["price"]}>
                {formatMoney(price, sale.currency, sale.locale)}
                <span className={styles["left"]}>{leftWords(open)}</span>
              </span>
            </button>
          );
        })}
      {shown !== null && (
        <button type="button" className={styles["all"]} onClick={() => onShown(null)}>
          Show all
        </button>
      )}
    </fieldset>
  );
}

function firstPrice(sale: Sale, category: string, ticketType: string): number | null {
  return (
    sale.map.prices.find((price) => price.category === category && price.ticketType === ticketType)
      ?.allInMinor ?? null
  );
}

/** What the shapes mean; painted as the map paints them. */
export function MapKey() {
  return (
    <ul className={styles["key"]} aria-label="What the signs mean">
      <li>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="8" fill="var(--seat-1)" />
        </svg>
        Free
      </li>
      <li>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="6" fill="var(--seat-yours)" />
          <circle cx="10" cy="10" r="8.6" fill="none" stroke="var(--seat-yours)" strokeWidth="1.6" />
          <path d="m7 10 2.2 2.4L13 7.6" fill="none" stroke="var(--seat-yours-mark)" strokeWidth="1.8" />
        </svg>
        Yours
      </li>
      <li>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="7" fill="none" stroke="var(--seat-held)" strokeWidth="2" />
        </svg>
        Held by others
      </li>
      <li>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="3" fill="var(--seat-sold)" />
        </svg>
        Sold
      </li>
      <li>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <rect x="2.5" y="2.5" width="15" height="15" fill="var(--seat-1)" />
        </svg>
        Wheelchair
      </li>
    </ul>
  );
}

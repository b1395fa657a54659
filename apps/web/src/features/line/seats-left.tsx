import type { EventPage, SaleMap } from "@onsale/contract/event";
import { formatNumber } from "@onsale/core/shared/format";
import type { LineNow } from "@onsale/core/line/now-serving";
import { formatMoney } from "@onsale/core/shared/money";
import { useLocale } from "../locale/locale-context.tsx";
import styles from "./line.module.css";

/** What is free right now, by price level, dearest first. */
export function SeatsLeft({ event, map, now }: { event: EventPage; map: SaleMap; now: LineNow }) {
  const locale = useLocale();
  if (now.left.length === 0) return null;
  const fromOf = (category: string) => {
    const amounts = map.prices
      .filter((price) => price.category === category)
      .map((price) => price.allInMinor);
    return amounts.length === 0 ? null : Math.min(...amounts);
  };
  const rows = now.left
    .map((level) => ({ ...level, from: fromOf(level.category) }))
    .filter((level) => level.from !== null || level.free > 0)
    .sort((a, b) => (b.from ?? 0) - (a.from ?? 0));
  return (
    <section className={styles["left"]} aria-labelledby="left-title">
      <h2 id="left-title">Seats left now</h2>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Price level</th>
            <th scope="col">From</th>
            <th scope="col">Free</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((level) => (
            <tr key={level.category} data-gone={level.free === 0}>
              <th scope="row">{level.label}</th>
              <td>{level.from === null ? "" : `from ${formatMoney(level.from, event.currency, locale)}`}</td>
              <td className={styles["free"]}>
                {level.free === 0 ? "none" : formatNumber(level.free, locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles["small"]}>Seats on hold are not counted; some of them come back.</p>
    </section>
  );
}

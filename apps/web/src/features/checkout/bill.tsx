import type { HoldView } from "@onsale/contract/hold";
import { formatMoney } from "@onsale/core/shared/money";
import { useLocale } from "../locale/locale-context.tsx";
import styles from "./checkout.module.css";

type Line = HoldView["quote"]["lines"][number];

/** Every amount that is charged, summed by what it is for; taxes contained in them are named, not added. */
export function Bill({ quote }: { quote: HoldView["quote"] }) {
  const locale = useLocale();
  const money = (amountMinor: number) => formatMoney(amountMinor, quote.currency, locale);
  const charged = quote.lines.filter((line) => !line.included);
  return (
    <dl className={styles["bill"]}>
      {tickets(charged).map(([label, line]) => (
        <div key={label}>
          <dt>
            {line.quantity} × {label}
          </dt>
          <dd>{money(line.amountMinor)}</dd>
        </div>
      ))}
      {charged
        .filter((line) => line.kind !== "tickets")
        .map((line) => (
          <div key={line.kind + line.key}>
            <dt>{line.label}</dt>
            <dd>{money(line.amountMinor)}</dd>
          </div>
        ))}
      <div className={styles["total"]}>
        <dt>Total</dt>
        <dd>{money(quote.totalMinor)}</dd>
      </div>
      {quote.lines
        .filter((line) => line.included)
        .map((line) => (
          <div key={line.key} className={styles["contained"]}>
            <dt>{line.label} contained in it</dt>
            <dd>{money(line.amountMinor)}</dd>
          </div>
        ))}
    </dl>
  );
}

function tickets(lines: readonly Line[]): [string, { quantity: number; amountMinor: number }][] {
  const sums = new Map<string, { quantity: number; amountMinor: number }>();
  for (const line of lines) {
    if (line.kind !== "tickets") continue;
    const sum = sums.get(line.label) ?? { quantity: 0, amountMinor: 0 };
    sums.set(line.label, {
      quantity: sum.quantity + line.quantity,
      amountMinor: sum.amountMinor + line.amountMinor,
    });
  }
  return [...sums];
}

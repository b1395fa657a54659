import type { AdminWaitlist } from "@onsale/contract/admin-waitlist";
import { formatFigure } from "@onsale/core/shared/format";
import { Section } from "../../ui/section.tsx";
import styles from "./waitlist.module.css";

/** Bars by price level. Who takes two levels counts in both, so the bars are not parts of a whole. */
export function WaitlistDemand({ demand }: { demand: AdminWaitlist["demand"] }) {
  if (demand.length === 0) return null;
  const most = Math.max(1, ...demand.map(({ tickets }) => tickets));
  return (
    <Section title="What they would take">
      <ul className={styles["demand"]}>
        {demand.map(({ label, fans, tickets }) => (
          <li key={label ?? ""}>
            <span>{label ?? "Any price level"}</span>
            <span className={styles["rail"]} aria-hidden="true">
              <span className={styles["fill"]} style={{ width: `${((tickets / most) * 100).toFixed(1)}%` }} />
            </span>
            <span className={styles["count"]}>
              {formatFigure(tickets)} {tickets === 1 ? "ticket" : "tickets"}
              <small>
                {formatFigure(fans)} {fans === 1 ? "fan" : "fans"}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {demand.length > 1 && (
        <p className="soft">Fans who would take several price levels count in each of them.</p>
      )}
    </Section>
  );
}

import type { AdminWaitlist } from "@onsale/contract/admin-waitlist";
import { formatFigure } from "@onsale/core/shared/format";
import bars from "./waitlist.module.css";
import styles from "./portal.module.css";

/** Bars by price level. Who takes two levels counts in both, so the bars are not parts of a whole. */
export function WaitlistDemand({ demand }: { demand: AdminWaitlist["demand"] }) {
  if (demand.length === 0) return null;
  const most = Math.max(1, ...demand.map(({ tickets }) => tickets));
  return (
    <section className={styles["section"]} aria-labelledby="demand">
      <h2 id="demand">What they would take</h2>
      <ul className={bars["demand"]}>
        {demand.map(({ label, fans, tickets }) => (
          <li key={label ?? ""}>
            <span>{label ?? "Any price level"}</span>
            <span className={bars["rail"]} aria-hidden="true">
              <span className={bars["fill"]} style={{ width: `${((tickets / most) * 100).toFixed(1)}%` }} />
            </span>
            <span className={bars["count"]}>
              {formatFigure(tickets)} {tickets === 1 ? "ticket" : "tickets"}
              <small>
                {formatFigure(fans)} {fans === 1 ? "fan" : "fans"}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {demand.length > 1 && (
        <p className={styles["sub"]}>Fans who would take several price levels count in each of them.</p>
      )}
    </section>
  );
}

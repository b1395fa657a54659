import type { Point } from "@onsale/core/layout/layout";
import styles from "./seat-map.module.css";

export type SeatCardFacts = {
  readonly title: string;
  /** "Adult 58.00 EUR", one line per ticket type. */
  readonly prices: readonly string[];
  readonly level: string;
  /** "Someone is holding it", "Yours", "Wheelchair place". */
  readonly notes: readonly string[];
};

/** Beside the seat, never under the pointer; what it says is also in the list view and read out when a seat is chosen. */
export function SeatCard({ facts, at }: { facts: SeatCardFacts; at: Point }) {
  const below = at.y < 150;
  return (
    <div
      className={styles["card"]}
      data-testid="seat-card"
      data-below={below}
      style={{ left: `clamp(7.5rem, ${at.x}px, calc(100% - 7.5rem))`, top: at.y }}
      aria-hidden="true"
    >
      <p className={styles["cardTitle"]}>{facts.title}</p>
      <p className={styles["cardLevel"]}>{facts.level}</p>
      {facts.prices.map((line) => (
        <p key={line} className={styles["cardPrice"]}>
          {line}
        </p>
      ))}
      {facts.notes.map((note) => (
        <p key={note} className={styles["cardNote"]}>
          {note}
        </p>
      ))}
    </div>
  );
}

import { ValueSkeleton } from "./skeleton.tsx";
import styles from "./figures.module.css";

/** null: it is on its way. */
type FigureOf = readonly [label: string, value: string | null];

/** A few large numbers with what each of them counts. */
export function Figures({ figures }: { figures: readonly FigureOf[] }) {
  return (
    <dl className={styles["figures"]}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value ?? <ValueSkeleton />}</dd>
        </div>
      ))}
    </dl>
  );
}

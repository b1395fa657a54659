import styles from "./skeleton.module.css";

type SkeletonProps = {
  /** What is awaited, for who sees no shapes. */
  readonly label: string;
  /** `rows`: of a table or a list; `box`: all of the place it stands in. */
  readonly shape: "rows" | "box";
  readonly rows?: number;
};

/** Holds the place of what is on its way, so that nothing jumps when it comes. */
export function Skeleton({ label, shape, rows = shape === "rows" ? 5 : 1 }: SkeletonProps) {
  return (
    <output className={styles[shape]}>
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} aria-hidden="true" className={styles["bone"]} />
      ))}
    </output>
  );
}

/** A value that is on its way, in the place and the size of its own type. */
export function ValueSkeleton() {
  return (
    <span className={styles["value"]}>
      <span className="visually-hidden">on its way</span>
    </span>
  );
}

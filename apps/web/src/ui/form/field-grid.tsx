import type { ReactNode } from "react";
import styles from "./field-grid.module.css";

/** Fields side by side, as many as there is room for. */
export function FieldGrid({ children }: { children: ReactNode }) {
  return <div className={styles["grid"]}>{children}</div>;
}

/** What takes a whole line of it. */
export function WholeLine({ children }: { children: ReactNode }) {
  return <div className={styles["wide"]}>{children}</div>;
}

import { type ReactNode, useId } from "react";
import styles from "./section.module.css";

/** A part of a page under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles["section"]} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Two parts beside each other where there is room, the first wider. */
export function Split({ children }: { children: ReactNode }) {
  return <div className={styles["split"]}>{children}</div>;
}

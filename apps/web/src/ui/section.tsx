import { type ReactNode, useId } from "react";
import styles from "./section.module.css";

type SectionProps = {
  readonly title: string;
  /** Where a link of the page leads to it. */
  readonly anchor?: string;
  readonly children: ReactNode;
};

/** A part of a page under a heading of its own. */
export function Section({ title, anchor, children }: SectionProps) {
  const id = useId();
  return (
    <section
      id={anchor}
      // A link or a key that leads here takes the focus along.
      tabIndex={anchor === undefined ? undefined : -1}
      className={styles["section"]}
      aria-labelledby={id}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Two parts beside each other where there is room, the first wider. */
export function Split({ children }: { children: ReactNode }) {
  return <div className={styles["split"]}>{children}</div>;
}

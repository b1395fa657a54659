import type { ReactNode } from "react";
import styles from "./pager.module.css";

/** Which part of a list this is, and the ways to its others. */
export function Pager({ label, words, children }: { label: string; words: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className={styles["pager"]}>
      <p>{words}</p>
      {children}
    </nav>
  );
}

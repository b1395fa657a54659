import type { ReactNode } from "react";
import styles from "./actions.module.css";

/** Buttons and short controls in one line, and in more where they do not fit. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className={styles["actions"]}>{children}</div>;
}

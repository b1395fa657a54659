import type { ReactNode } from "react";
import { Actions } from "./actions.tsx";
import styles from "./empty-state.module.css";

type EmptyProps = {
  /** What would stand here. */
  readonly title: string;
  /** How it comes here. */
  readonly children?: ReactNode;
  /** The next step, for whoever may take it. */
  readonly action?: ReactNode;
};

/** In the place of a list or a panel that has nothing to show. */
export function EmptyState({ title, children, action }: EmptyProps) {
  return (
    <div className={styles["empty"]}>
      <p className={styles["title"]}>{title}</p>
      {children && <p className="soft">{children}</p>}
      {action && <Actions>{action}</Actions>}
    </div>
  );
}

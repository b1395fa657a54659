import type { ReactNode } from "react";
import { Actions } from "../actions.tsx";
import styles from "./page-head.module.css";

type HeadProps = {
  readonly title: string;
  /** What the page is about, in soft ink. */
  readonly sub?: ReactNode;
  /** The state of what the page is about, in a colour of its own. */
  readonly mark?: ReactNode;
  /** Where one can go from here. */
  readonly children?: ReactNode;
};

/** The head of a page of the portal. */
export function PageHead({ title, sub, mark, children }: HeadProps) {
  return (
    <div className={styles["head"]}>
      <div>
        <h1>{title}</h1>
        {sub && <p className="soft">{sub}</p>}
        {mark && <p>{mark}</p>}
      </div>
      {children && <Actions>{children}</Actions>}
    </div>
  );
}

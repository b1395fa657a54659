import type { InputHTMLAttributes, ReactNode } from "react";
import styles from "./check.module.css";

type CheckProps = InputHTMLAttributes<HTMLInputElement> & { readonly children: ReactNode };

/** A box to tick, with its words beside it; pressing them counts too. */
export function Check({ children, ...input }: CheckProps) {
  return (
    <label className={styles["check"]}>
      <input type="checkbox" {...input} />
      {children}
    </label>
  );
}

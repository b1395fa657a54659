import type { ReactNode } from "react";
import styles from "./button.module.css";

/** A link that looks like a button and loads its page whole: it needs no script to work, and its page may be kept ready. */
export function ButtonAnchor({
  kind = "plain",
  href,
  children,
}: {
  kind?: "next" | "plain";
  href: string;
  children: ReactNode;
}) {
  return (
    <a href={href} className={`${styles["button"]} ${styles[kind]}`}>
      {children}
    </a>
  );
}

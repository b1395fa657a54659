import type { ReactNode } from "react";
import styles from "./notice.module.css";

type Tone = "plain" | "go" | "wait" | "stop";

/** `stop` and `wait` are read out at once; the others when it is their turn. */
export function Notice({
  tone = "plain",
  title,
  children,
}: {
  tone?: Tone;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className={`${styles["notice"]} ${styles[tone]}`} role={tone === "stop" ? "alert" : "status"}>
      <p className={styles["title"]}>{title}</p>
      {children && <div className={styles["body"]}>{children}</div>}
    </div>
  );
}

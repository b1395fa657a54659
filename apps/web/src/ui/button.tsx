import Link from "next/link";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./button.module.css";

/** `next` is the one next action of a page, in the signal colour; there is at most one in view. */
type Kind = "next" | "plain" | "quiet";

export function Button({
  kind = "plain",
  busy = false,
  children,
  ...rest
}: { kind?: Kind; busy?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || busy}
      aria-busy={busy || undefined}
      className={`${styles["button"]} ${styles[kind]} ${rest.className ?? ""}`}
    >
      {children}
    </button>
  );
}

export function ButtonLink({
  kind = "plain",
  href,
  children,
}: {
  kind?: Kind;
  href: string;
  children: ReactNode;
}) {
  return (
    <Link href={href} className={`${styles["button"]} ${styles[kind]}`}>
      {children}
    </Link>
  );
}

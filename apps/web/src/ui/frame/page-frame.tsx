import type { ReactNode } from "react";
import styles from "./page-frame.module.css";

/** `wide`: as wide as any page gets; `full`: the page fills the window and has its own edges. */
type PageWidth = "wide" | "list" | "message" | "account" | "form" | "full";

type FrameProps = {
  readonly width: PageWidth;
  readonly className?: string | undefined;
  /** While nobody knows how long the page will be, its foot is not shown. */
  readonly busy?: boolean;
  readonly children: ReactNode;
};

/** What every page stands in: its width, its edges, and the place that the skip link and a change of page lead to. */
export function PageFrame({ width, className, busy = false, children }: FrameProps) {
  const own = width === "full" ? [] : [styles["frame"], styles[width]];
  return (
    <main
      id="main"
      tabIndex={-1}
      className={[...own, className].filter(Boolean).join(" ")}
      aria-busy={busy || undefined}
    >
      {children}
    </main>
  );
}

import type { ReactNode } from "react";
import styles from "./portal-frame.module.css";

/** What every page of the portal stands in: its places at the side, on a phone above, and the page. */
export function PortalFrame({ nav, children }: { nav: ReactNode; children: ReactNode }) {
  return (
    <div className={styles["portal"]}>
      {nav}
      <main id="main" tabIndex={-1} className={styles["main"]}>
        {children}
      </main>
    </div>
  );
}

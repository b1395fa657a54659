"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState, useSyncExternalStore } from "react";
import { timeLeftWords } from "../time-left/countdown.ts";
import { holdsAsKept, holdsIn, holdToShow, listenToHolds } from "../time-left/kept-hold.ts";
import styles from "./shell.module.css";

const nothing = () => "";

/** What the fan holds, how long, and the way to pay for it: on every page but the one that says so itself. */
export function HoldLine({ accountId }: { accountId: string }) {
  const path = usePathname();
  const kept = useSyncExternalStore(listenToHolds, holdsAsKept, nothing);
  const [nowMs, setNowMs] = useState(() => Date.now());
  const hold = holdToShow(holdsIn(kept), { accountId, path, nowMs });
  const isRunning = kept !== "";
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNowMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (!hold) return null;
  return (
    <aside className={styles["hold"]} data-hold-line aria-label="What you hold">
      <span className={styles["what"]}>
        {hold.places === 1 ? "1 place" : `${hold.places} places`} for {hold.title}
      </span>
      <span role="timer">{timeLeftWords(hold.endsAtMs - nowMs)}</span>
      <a className="tap" href={hold.path}>
        Pay now
      </a>
    </aside>
  );
}

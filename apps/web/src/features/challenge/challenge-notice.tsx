"use client";

import { useSyncExternalStore } from "react";
import styles from "./challenge-notice.module.css";
import { CHALLENGE_PLACE_ID, waiting } from "./waiting.ts";

/**
 * Says that the browser does some work and that nothing is asked of the fan. The region is there before it speaks, so that
 * it is read out; politely, because nothing has to be done.
 */
export function ChallengeNotice() {
  const isRunning = useSyncExternalStore(waiting.subscribe, waiting.isRunning, () => false);
  return (
    <div aria-live="polite" className={styles["place"]}>
      {isRunning && (
        <div className={styles["notice"]}>
          <p className={styles["title"]}>Checking your browser</p>
          <p>It takes a few seconds and does itself. You keep everything you have.</p>
        </div>
      )}
      <div id={CHALLENGE_PLACE_ID} />
    </div>
  );
}

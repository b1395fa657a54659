"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import buttonStyles from "../../ui/button.module.css";
import { spokenTimeLeft, timeLeftWords } from "../time-left/countdown.ts";
import { passLeftMs } from "../line-pass/line-memory.ts";
import type { Scene } from "./line-progress.ts";
import type { SceneProps } from "./scene-props.ts";
import styles from "./line.module.css";

/** The focus is on the one next step as soon as it can be taken. */
export function TurnScene({
  scene,
  event,
  session,
  state,
  browserMs,
}: SceneProps & { scene: Extract<Scene, { kind: "turn" }> }) {
  const { pass } = scene;
  const isReady = pass !== null;
  const go = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isReady) go.current?.focus();
  }, [isReady]);
  const left = pass ? passLeftMs(pass, browserMs) : 0;
  return (
    <>
      <h1 className={styles["turn"]}>It is your turn</h1>
      {pass ? (
        <>
          <div className={styles["actions"]}>
            <Link
              ref={go}
              href={`/events/${event.slug}/seats`}
              className={`${buttonStyles["button"]} ${buttonStyles["next"]} ${styles["go"]}`}
            >
              Choose seats
            </Link>
          </div>
          <p className={styles["strong"]}>
            <span aria-hidden="true">The door is open for you: {timeLeftWords(left)}.</span>
            <span className="visually-hidden" role="timer" aria-live="polite">
              The door is open for you: {spokenTimeLeft(left)}.
            </span>
          </p>
          <p className={styles["lead"]}>
            If you do not go in by then, the next fan does, and you can join again at the end. Once you are
            in, you have more time to choose.
          </p>
          <div className={styles["actions"]}>
            {pass.extensionsLeft > 0 && (
              <Button busy={state.busy === "more_time"} onClick={() => void session.moreTime()}>
                I need more time
              </Button>
            )}
          </div>
        </>
      ) : (
        <p className={styles["lead"]}>The door is being opened for you. A moment.</p>
      )}
    </>
  );
}

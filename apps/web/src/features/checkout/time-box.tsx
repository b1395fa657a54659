"use client";

import { Button, ButtonLink } from "../../ui/button.tsx";
import { TimeLeft } from "../time-left/time-left.tsx";
import styles from "./checkout.module.css";

/** From here on more time is offered; before, the offer would only press. */
const OFFER_BELOW_MS = 2 * 60_000;

export function TimeBox({
  left,
  extensionsLeft,
  busy,
  seatsPath,
  onExtend,
}: {
  left: number;
  extensionsLeft: number;
  busy: boolean;
  seatsPath: string;
  onExtend: () => void;
}) {
  if (left <= 0)
    return (
      <div className={styles["time"]} role="alert">
        <p className={styles["clock"]}>Time is up</p>
        <p>Your seats were given back and nothing was charged. They may still be free.</p>
        <ButtonLink kind="next" href={seatsPath}>
          Choose seats again
        </ButtonLink>
      </div>
    );
  return (
    <>
      <p className={`${styles["clock"]} ${styles["ticking"]}`}>
        <TimeLeft left={left} />
      </p>
      <div className={styles["time"]}>
        <p>The seats are yours until then. After that others can have them, and nothing is charged.</p>
        {left < OFFER_BELOW_MS && extensionsLeft > 0 && (
          <Button busy={busy} onClick={onExtend}>
            Give me more time
          </Button>
        )}
      </div>
    </>
  );
}

import { roughMinutes } from "@onsale/core/line/staff-figures";
import { whole } from "./console-model.ts";
import { forecast, SHOP_MINUTES_GUESS, TICKETS_PER_FAN_GUESS } from "./forecast.ts";
import styles from "./line-console.module.css";

/** What cap and inflow would do, in numbers an organizer can argue with. */
export function CapForecast({
  cap,
  inflowPerSecond,
  seats,
}: {
  cap: number;
  inflowPerSecond: number;
  seats: number | null;
}) {
  if (!(cap > 0) || !(inflowPerSecond > 0)) return null;
  const { perMinute, secondsToFull, minutesToSellOut, heldShare } = forecast({
    cap,
    inflowPerSecond,
    seats,
  });
  return (
    <output className={styles["forecast"]}>
      Full after {whole(secondsToFull)} s, then about {whole(perMinute)} fans a minute
      {minutesToSellOut !== null && seats !== null && (
        <>
          ; {whole(seats)} places are sold in about {roughMinutes(minutesToSellOut)}
        </>
      )}
      . Guessed with {SHOP_MINUTES_GUESS} minutes and {TICKETS_PER_FAN_GUESS} tickets per fan.
      {heldShare !== null && heldShare > 0.5 && (
        <strong>
          {" "}
          With {whole(cap)} inside, {Math.round(heldShare * 100)} % of the places can be on hold at once: fans
          would see seats taken that are not sold. A cap of{" "}
          {whole(Math.max(1, Math.floor((cap * 0.25) / heldShare)))} keeps it at a quarter.
        </strong>
      )}
    </output>
  );
}

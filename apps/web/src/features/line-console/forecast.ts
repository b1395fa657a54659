/** A fan's time inside, where nobody has measured it here yet. */
export const SHOP_MINUTES_GUESS = 4;
/** Tickets that a fan takes, where nobody has measured it here yet. */
export const TICKETS_PER_FAN_GUESS = 2.5;

export type Forecast = {
  /** Fans let in per minute when the room is full: Little's law, cap / time inside, and never above the inflow. */
  readonly perMinute: number;
  /** From the first wave until the cap is reached. */
  readonly secondsToFull: number;
  /** Until those who can get tickets had their turn; null: never at this setting. */
  readonly minutesToSellOut: number | null;
  /** Of all seats, the share that a full room may have on hold; above 1 fans find nothing. */
  readonly heldShare: number | null;
};

export function forecast({
  cap,
  inflowPerSecond,
  seats,
  shopMinutes = SHOP_MINUTES_GUESS,
  ticketsPerFan = TICKETS_PER_FAN_GUESS,
}: {
  readonly cap: number;
  readonly inflowPerSecond: number;
  readonly seats: number | null;
  readonly shopMinutes?: number;
  readonly ticketsPerFan?: number;
}): Forecast {
  const perMinute = Math.min(inflowPerSecond * 60, cap / shopMinutes);
  return {
    perMinute,
    secondsToFull: inflowPerSecond > 0 ? Math.ceil(cap / inflowPerSecond) : Infinity,
    minutesToSellOut: seats !== null && perMinute > 0 ? seats / (perMinute * ticketsPerFan) : null,
    heldShare: seats !== null && seats > 0 ? (cap * ticketsPerFan) / seats : null,
  };
}

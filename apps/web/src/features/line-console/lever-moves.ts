import type { AdminLine } from "@onsale/contract/admin-line";
import { formatFigure } from "@onsale/core/shared/format";
import type { LineState } from "@onsale/core/line/line";

/** press: a second press within some seconds. A word: it has to be typed. */
export type Confirm = "none" | "press" | { readonly word: string };

export type LeverMove = {
  readonly id: "lobby" | "draw" | "pause" | "resume" | "drain" | "rejoin" | "close" | "cancel";
  readonly to: LineState;
  readonly label: string;
  /** The button after the first press. */
  readonly again: string;
  /** What stays on the page afterwards. */
  readonly done: string;
  /** What will happen, to whom. */
  readonly says: string;
  readonly confirm: Confirm;
};

type Now = { readonly waiting: number; readonly inside: number };

/** What may be done with a line now, the usual next step first. */
export function movesFor(line: AdminLine, now: Now): LeverMove[] {
  if (line.finishedAtMs !== null) return [];
  switch (line.state) {
    case "closed":
      return [OPEN_LOBBY];
    case "lobby":
      return [drawNow(line, now), CALL_OFF];
    case "drawing":
      return [CALL_OFF];
    case "open":
      return [pause(now), drain(now), close(now)];
    case "paused":
      return [resume(now), drain(now), close(now)];
    case "draining":
      return [pause(now), LET_JOIN, close(now)];
  }
}

export const fans = (count: number) => `${formatFigure(count)} ${count === 1 ? "fan" : "fans"}`;

const OPEN_LOBBY: LeverMove = {
  id: "lobby",
  to: "lobby",
  label: "Open the lobby now",
  again: "Press again to open the lobby",
  done: "The lobby is open.",
  says: "Fans can join from now on. The commitment of the draw is published, and the settings below are fixed.",
  confirm: "press",
};

function drawNow(line: AdminLine, { waiting }: Now): LeverMove {
  const value =
    line.publicValueSource !== null && line.publicValue === null
      ? ` The draw then waits for the value of “${line.publicValueSource}”.`
      : "";
  return {
    id: "draw",
    to: "drawing",
    label: "Draw now",
    again: "Press again to close the lobby and draw",
    done: "The lobby is closed; the draw is next.",
    says: `Closes the lobby at once, with ${fans(waiting)} in it; whoever comes later stands behind them. It cannot be undone.${value}`,
    confirm: "press",
  };
}

const CALL_OFF: LeverMove = {
  id: "cancel",
  to: "closed",
  label: "Call the line off",
  again: "Call it off",
  done: "The line is called off.",
  says: "No draw is made and no number is given; while its sale is open, seats are then sold without a line. It cannot be undone.",
  confirm: { word: "call off" },
};

const pause = ({ inside }: Now): LeverMove => ({
  id: "pause",
  to: "paused",
  label: "Pause",
  again: "Press again to pause",
  done: "Paused.",
  says: `Nobody is let in from the next second on. ${fans(inside)} inside may finish; everybody else keeps their number and reads that the line is paused.`,
  confirm: "none",
});

const resume = ({ waiting }: Now): LeverMove => ({
  id: "resume",
  to: "open",
  label: "Resume",
  again: "Press again to resume",
  done: "Waves go on.",
  says: `Waves go on where they stopped, for ${fans(waiting)}.`,
  confirm: "none",
});

const drain = ({ waiting }: Now): LeverMove => ({
  id: "drain",
  to: "draining",
  label: "Drain",
  again: "Press again to drain",
  done: "Nobody joins any more.",
  says: `Nobody joins any more; ${fans(waiting)} in the line ${waiting === 1 ? "is" : "are"} still let in. It can be taken back.`,
  confirm: "press",
});

const LET_JOIN: LeverMove = {
  id: "rejoin",
  to: "open",
  label: "Let fans join again",
  again: "Press again to let fans join",
  done: "Fans can join again.",
  says: "The line is open again for newcomers; they stand behind those who wait.",
  confirm: "none",
};

const close = ({ waiting, inside }: Now): LeverMove => ({
  id: "close",
  to: "closed",
  label: "Close the line",
  again: "Close it",
  done: "The line is closed.",
  says: `Ends the line for good: ${fans(waiting)} ${waiting === 1 ? "loses" : "lose"} their place, ${fans(inside)} inside may finish, and what is left is sold without a line.`,
  confirm: { word: "close" },
});

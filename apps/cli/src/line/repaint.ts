import type { Terminal } from "../output.ts";

/** Escape sequences of ECMA-48: up so many lines, clear to the end of the screen. */
const up = (lines: number) => (lines > 0 ? `\u001B[${lines}F` : "");
const CLEAR_BELOW = "\u001B[0J";
const HIDE_CURSOR = "\u001B[?25l";
const SHOW_CURSOR = "\u001B[?25h";

/** Paints a picture over the one before, in place: the terminal's history stays clean. `end` leaves the last one there. */
export function makeRepaint({ stdout }: Terminal) {
  let shown = 0;
  return {
    paint(lines: readonly string[]): void {
      stdout(`${shown === 0 ? HIDE_CURSOR : ""}${up(shown)}${CLEAR_BELOW}${lines.join("\n")}\n`);
      shown = lines.length;
    },
    end: () => {
      if (shown > 0) stdout(SHOW_CURSOR);
    },
  };
}

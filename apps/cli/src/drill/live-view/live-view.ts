import type { DrillProgress } from "@onsale/core/drill/drill-progress";
import { makeRepaint } from "../../line/repaint.ts";
import type { Output } from "../../output.ts";
import { LIVE_SECONDS, type LiveMoment, livePlainLine, liveScreen } from "./live-screen.ts";

const PLAIN_EVERY_S = 10;

export type LiveView = { readonly show: (progress: DrillProgress) => void; readonly end: () => void };

/**
 * A running drill, on standard error so that the report stays alone on standard output: one picture in place on a
 * terminal, a line each ten seconds and at each change of phase in a pipe.
 */
export function makeLiveView({ terminal, strong, faint, note }: Output): LiveView {
  return terminal.stderrIsTty
    ? pictures({ ...terminal, stdout: terminal.stderr }, { strong, faint })
    : plainLines(note);
}

function pictures(terminal: Output["terminal"], paint: Pick<Output, "strong" | "faint">): LiveView {
  const picture = makeRepaint(terminal);
  const past: LiveMoment[] = [];
  let last: readonly string[] = [];
  return {
    show(progress) {
      const { second, perSecond, fans } = progress;
      const screen = () => liveScreen({ progress, past }, terminal.columns, paint);
      if (second === null) {
        // Words about what goes on stand below the figures that there are by then.
        picture.paint(last.length === 0 ? screen() : [...last, "", ...screen().slice(1)]);
        return;
      }
      if (second !== past.at(-1)?.second) past.push({ second, perSecond, waiting: fans.waiting });
      if (past.length > LIVE_SECONDS) past.shift();
      last = screen();
      picture.paint(last);
    },
    end: picture.end,
  };
}

function plainLines(note: (text: string) => void): LiveView {
  let saidAt = -Infinity;
  let said = "";
  return {
    show(progress) {
      const { phase, second } = progress;
      const isDue = second !== null && second >= saidAt + PLAIN_EVERY_S;
      const what = second === null ? `${phase} ${progress.note}` : phase;
      if (!isDue && what === said) return;
      said = what;
      if (second !== null) saidAt = second;
      note(livePlainLine(progress));
    },
    end: () => undefined,
  };
}

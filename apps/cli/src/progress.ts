import type { Terminal } from "./output.ts";

export type Progress = { readonly step: (done: number) => void; readonly end: () => void };

const WIDTH = 24;

/** A bar on a terminal, and nothing at all in a pipe. `end` wipes it, so that what follows starts on a clean line. */
export function makeProgress(terminal: Terminal, label: string, total: number): Progress {
  if (!terminal.stderrIsTty || total < 2) return { step: () => undefined, end: () => undefined };
  let shown = -1;
  return {
    step(done) {
      const filled = Math.floor((Math.min(done, total) / total) * WIDTH);
      const percent = Math.floor((Math.min(done, total) / total) * 100);
      if (percent === shown) return;
      shown = percent;
      terminal.stderr(`\r${label} ${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${percent}%`);
    },
    end: () => terminal.stderr("\r\u001B[2K"),
  };
}

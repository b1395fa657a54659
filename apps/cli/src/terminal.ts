import { writeSync } from "node:fs";
import type { CliEnvironment } from "./config.ts";
import type { Terminal } from "./output.ts";

const PIPE_PAUSE_MS = 2;
const PAUSE = new Int32Array(new SharedArrayBuffer(4));

/** This process's terminal. */
export function makeTerminal(env: CliEnvironment): Terminal {
  return {
    stdout: (text) => write(1, text),
    stderr: (text) => write(2, text),
    stdoutIsTty: process.stdout.isTTY,
    stderrIsTty: process.stderr.isTTY,
    wantsColor: wantsColor(env),
    columns: process.stdout.columns || 100,
  };
}

/** Synchronously, because an exit right after would cut a pipe's last words off; a full pipe is waited for. */
function write(fd: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : "";
      // `ticketctl ... | head` closes the pipe early; that is no fault.
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(PAUSE, 0, 0, PIPE_PAUSE_MS);
    }
  }
}

/** https://no-color.org: any value but an empty one turns colour off, and wins over FORCE_COLOR. */
function wantsColor(env: CliEnvironment): boolean | null {
  if (env["NO_COLOR"]) return false;
  const force = env["FORCE_COLOR"];
  return force === undefined || force === "" ? null : force !== "0";
}

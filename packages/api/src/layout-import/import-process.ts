import { execFile } from "node:child_process";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { NO_COUNTS } from "@onsale/core/layout/describe-layout";
import { AppError } from "@onsale/core/shared/errors";
import { problem, type Problem } from "@onsale/core/shared/problem";
import { type ImportOutcome, type ImportTask, unpackOutcome } from "./import-outcome.ts";

const CHILD = fileURLToPath(new URL("import-child.ts", import.meta.url));
/** Ten times what the largest layout takes. */
const IMPORT_MS_MAX = 60_000;
/** Three times what the largest layout takes. */
const HEAP_MB_MAX = 1_536;
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;
/** Files that wait while another is read. */
const WAITING_MAX = 4;
const RETRY_MS = 5_000;

/**
 * Reads layouts in a process beside this one, one at a time and with less right to a core than those who buy. A file that
 * takes too long or too much memory ends that process and becomes a fault of the file; decision 0008 says why no thread.
 */
export function makeImportProcess({ msMax = IMPORT_MS_MAX, heapMbMax = HEAP_MB_MAX } = {}) {
  const over = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function inTurn(task: ImportTask, before: Promise<unknown>): Promise<ImportOutcome> {
    try {
      await before;
    } finally {
      waiting -= 1;
    }
    return readBeside(task, { msMax, heapMbMax, signal: over.signal });
  }

  return {
    /** Throws service.unavailable when too many wait already. */
    async run(task: ImportTask): Promise<ImportOutcome> {
      if (waiting > WAITING_MAX)
        throw new AppError("service.unavailable", { retryAfterMs: RETRY_MS, what: "imports" });
      waiting += 1;
      const work = inTurn(task, last);
      last = work.catch(() => undefined);
      return work;
    },
    close: (): void => over.abort(),
  };
}

export type ImportProcess = ReturnType<typeof makeImportProcess>;

type Bounds = { readonly msMax: number; readonly heapMbMax: number; readonly signal: AbortSignal };

function readBeside(task: ImportTask, { msMax, heapMbMax, signal }: Bounds): Promise<ImportOutcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [`--max-old-space-size=${heapMbMax}`, CHILD],
      // It is given the file and nothing else: no address of a database, no secret.
      {
        env: { NODE_ENV: "production" },
        timeout: msMax,
        killSignal: "SIGKILL",
        maxBuffer: OUTPUT_BYTES_MAX,
        signal,
      },
      (error, stdout, stderr) => {
        if (!error) return resolve(unpackOutcome(stdout));
        if (signal.aborted) return reject(closing());
        if (error.killed) return resolve(refused(problem("file.too_slow", "", { maxMs: msMax })));
        if (/heap (?:limit|out of memory)|allocation failed/i.test(stderr))
          return resolve(refused(problem("file.too_large", "", { why: "memory" })));
        reject(new Error(`a layout could not be read: ${stderr.slice(0, 2_000)}`, { cause: error }));
      },
    );
    if (child.pid !== undefined) stepBack(child.pid);
    // A child that ended early does not take the rest; its end says why.
    child.stdin?.on("error", () => undefined).end(JSON.stringify(task));
  });
}

const closing = () => new AppError("service.unavailable", { what: "stopping" });

function stepBack(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where the machine does not allow it, or the child is gone already, the file is read no less.
  }
}

function refused(fault: Problem): ImportOutcome {
  return {
    ok: false,
    format: null,
    counts: NO_COUNTS,
    problems: [fault],
    problemCount: 1,
    notes: [],
    categories: [],
    prepared: null,
  };
}

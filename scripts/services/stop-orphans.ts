import { rmSync } from "node:fs";

import { isSameProcess } from "./process-identity.ts";
import { orphansOf, readRecords } from "./run-records.ts";
import { signalToStop, stopProcess } from "./stop-process.ts";

const ORPHAN_GRACE_MS = 5000;

/**
 * Stops what a run that was killed has left behind, and removes its throwaway folders. Only the very processes that
 * were recorded are touched. Returns the names of those stopped.
 */
export async function stopOrphans(stateDir: string): Promise<readonly string[]> {
  const stopped: string[] = [];
  for (const { file, record } of readRecords(stateDir)) {
    if (isSameProcess(record.owner)) continue;
    // Newest first: the server before the database it uses.
    for (const child of orphansOf(record, isSameProcess).toReversed()) {
      await stopProcess(child, { signal: signalToStop(child.name), graceMs: ORPHAN_GRACE_MS });
      stopped.push(child.name);
    }
    for (const dir of record.throwawayDirs) rmSync(dir, { recursive: true, force: true });
    rmSync(file, { force: true });
  }
  return stopped;
}

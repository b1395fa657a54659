import type { WorkerParts } from "../compose/worker.ts";
import { runWorker } from "./worker.ts";

/** A worker in the process of a server: what it owns is handed over when it stops. */
export function workBeside(parts: WorkerParts): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const running = runWorker(parts, { signal: stopping.signal });
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

import { setTimeout as delay } from "node:timers/promises";
import { DEADLOCK_DETECTED, IN_FAILED_TRANSACTION, SERIALIZATION_FAILURE, sqlState } from "./pg-errors.ts";

const ATTEMPTS_MAX = 5;
const BACKOFF_MS = 10;

/**
 * Runs a whole statement or transaction again when the server undid it for the sake of another one. Only for work that
 * is safe to repeat; the server has rolled everything back when it reports these codes.
 */
export async function retryConflicts<T>(run: () => Promise<T>): Promise<T> {
  let conflict: Error | null = null;
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const code = sqlState(error);
      // Inside of a transaction only whoever began it can run all of it again, and has to hear why.
      if (conflict !== null && code === IN_FAILED_TRANSACTION) throw conflict;
      conflict = error instanceof Error ? error : null;
      if (attempt === ATTEMPTS_MAX || (code !== SERIALIZATION_FAILURE && code !== DEADLOCK_DETECTED))
        throw error;
      await delay(Math.random() * BACKOFF_MS * 2 ** attempt);
    }
  }
}

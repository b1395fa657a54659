import { setTimeout as delay } from "node:timers/promises";
import { DEADLOCK_DETECTED, SERIALIZATION_FAILURE, sqlState } from "./pg-errors.ts";

const ATTEMPTS_MAX = 5;
const BACKOFF_MS = 10;

/**
 * Runs a whole statement or transaction again when the server undid it for the sake of another one. Only for work that
 * is safe to repeat; the server has rolled everything back when it reports these codes.
 */
export async function retryConflicts<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const code = sqlState(error);
      if (attempt === ATTEMPTS_MAX || (code !== SERIALIZATION_FAILURE && code !== DEADLOCK_DETECTED))
        throw error;
      await delay(Math.random() * BACKOFF_MS * 2 ** attempt);
    }
  }
}

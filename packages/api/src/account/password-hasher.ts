import { hash, verify } from "@node-rs/argon2";
import type { PasswordHasher } from "@onsale/core/account/password-hasher";

/** OWASP's minimum for argon2id, about 24 ms of one core. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashing is the cheapest way to burn our CPU from outside, so few run and few wait. */
const RUNNING_MAX = 2;
const WAITING_MAX = 40;

export function makePasswordHasher(): PasswordHasher {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function bounded<T>(work: () => Promise<T>): Promise<T | null> {
    if (running >= RUNNING_MAX) {
      if (waiting.length >= WAITING_MAX) return null;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running++;
    try {
      return await work();
    } finally {
      running--;
      waiting.shift()?.();
    }
  }

  return {
    hash: (password) => bounded(() => hash(password, OPTIONS)),
    verify: (stored, password) => bounded(() => verify(stored, password)),
  };
}

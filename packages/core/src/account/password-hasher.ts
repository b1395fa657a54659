import { AppError } from "../shared/errors.ts";

/** Hashes with argon2id under a bound on concurrent work; `null` when too many wait (reliability 4.4). */
export type PasswordHasher = {
  hash(password: string): Promise<string | null>;
  verify(hash: string, password: string): Promise<boolean | null>;
};

/** Throws rate.limited when too many wait. */
export const hashPassword = async (hasher: PasswordHasher, password: string): Promise<string> =>
  orBusy(await hasher.hash(password));
export const verifyPassword = async (
  hasher: PasswordHasher,
  { hash, password }: { hash: string; password: string },
): Promise<boolean> => orBusy(await hasher.verify(hash, password));

function orBusy<T>(answer: T | null): T {
  if (answer !== null) return answer;
  throw new AppError("rate.limited", { retryAfterMs: 3_000, what: "sign_in" });
}

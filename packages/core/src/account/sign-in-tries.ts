/**
 * Wrong passwords until each further try costs a check. None of them is a wall: whoever fills a bucket makes guessing dear, for
 * themselves and for strangers, and locks nobody out. docs/limits.md says them, and a test holds that page against this table.
 */
export const FAILURES = {
  /** A browser from which this address was signed in before: its own bucket, which no stranger reaches. */
  device: { points: 10, seconds: 900 },
  /** One address of the network at one mailbox. */
  pair: { points: 5, seconds: 900 },
  address: { points: 60, seconds: 900 },
  mailbox: { points: 50, seconds: 3_600 },
} as const;

export type SignInTry = {
  readonly email: string;
  readonly address: string;
  /** The browser's name, where somebody signed in to this address from it before. */
  readonly device: string | null;
};

/** Counts before the password is compared, and takes back what was no failure: a hundred guesses at once are a hundred. */
export interface SignInTries {
  /** true: there were too many failures, and this try needs a check. */
  take(attempt: SignInTry): Promise<boolean>;
  giveBack(attempt: SignInTry): Promise<void>;
}

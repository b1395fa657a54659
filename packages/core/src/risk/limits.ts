/** `points` calls per window; `burst`, when given, is a second purse that is touched when the first is empty. */
export type Bucket = {
  readonly points: number;
  readonly seconds: number;
  readonly burst?: { readonly points: number; readonly seconds: number };
};
export type LimitKey = "account" | "session" | "instrument" | "address";
type Rule = Readonly<Partial<Record<LimitKey, Bucket>>>;

const perMinute = (points: number): Bucket => ({ points, seconds: 60 });
/** A person's key and a crowd's: a campus or a mobile network is one address, so an address gets much more, yet not everything. */
const fan = (bucket: Bucket, addressPerMinute: number): Rule => ({
  account: bucket,
  session: bucket,
  address: perMinute(addressPerMinute),
});
const BURSTS = 5 * 60;

/** Each key is a bucket of its own. Documented in docs/limits.md; a test holds that page against this table. */
export const LIMITS = {
  signUp: { address: { points: 100, seconds: 3_600 } },
  /** Counted by mail address and address together: a stranger's mails to a mailbox are not its owner's. */
  signUpMail: { account: { points: 5, seconds: 900 } },
  resetPassword: { address: { points: 100, seconds: 3_600 } },
  changePassword: { account: { points: 5, seconds: 900 } },
  sessions: { account: perMinute(30) },
  verifyStart: { account: { points: 3, seconds: 600 }, address: { points: 60, seconds: 600 } },
  verifyConfirm: fan(perMinute(10), 120),
  join: fan(perMinute(10), 600),
  checkIn: fan(perMinute(60), 12_000),
  pass: fan(perMinute(30), 3_000),
  hold: fan({ points: 5, seconds: 60, burst: { points: 15, seconds: BURSTS } }, 600),
  /** What a fan does to a hold that is theirs already. */
  holdChange: fan(perMinute(30), 1_800),
  checkout: {
    ...fan({ points: 5, seconds: 60, burst: { points: 5, seconds: BURSTS } }, 600),
    instrument: perMinute(5),
  },
  confirm: fan(perMinute(10), 600),
  /** One bucket: the account's, or the address's for who is not signed in. */
  read: { account: perMinute(600) },
  staff: { account: perMinute(600) },
  /** Asking for a document by a name that this process never found anything under. */
  unknown: { address: perMinute(300) },
} as const satisfies Record<string, Rule>;
export type LimitName = keyof typeof LIMITS;

/** The bucket of one key under a limit; null: that limit does not count by this key. */
export function bucketOf(name: LimitName, key: LimitKey): Bucket | null {
  const rule: Rule = LIMITS[name];
  return rule[key] ?? null;
}

/** The narrowest first: the refusal names the key that is the caller's own doing. */
export const LIMIT_KEYS = [
  "instrument",
  "account",
  "session",
  "address",
] as const satisfies readonly LimitKey[];

/** More or fewer calls in the same windows. */
export function scaledBucket(bucket: Bucket, scale: number): Bucket {
  const times = (points: number) => Math.max(1, Math.round(points * scale));
  const { burst } = bucket;
  return {
    points: times(bucket.points),
    seconds: bucket.seconds,
    ...(burst ? { burst: { points: times(burst.points), seconds: burst.seconds } } : {}),
  };
}

import type { AdmissionQuestion } from "@onsale/core/risk/admission-store";
import {
  type Bucket,
  bucketOf,
  LIMIT_KEYS,
  type LimitName,
  LIMITS,
  scaledBucket,
} from "@onsale/core/risk/limits";
import { type CountedKind, type CountedUnder, countedUnder } from "./admission-keys.ts";

/** One key that a call is counted under, and what is asked there. */
export type AskedKey = {
  readonly under: CountedUnder;
  /** null: the limit does not count by this key. */
  readonly bucket: Bucket | null;
  readonly scored: boolean;
};

/** `scale` multiplies every number of calls and no window. */
export function makeAskedKeys({ scale }: { readonly scale: number }) {
  const buckets = new Map(
    (Object.keys(LIMITS) as LimitName[]).map((name) => {
      const rule = LIMIT_KEYS.flatMap((kind) => {
        const bucket = bucketOf(name, kind);
        return bucket ? [{ kind, bucket: scaledBucket(bucket, scale) }] : [];
      });
      return [name, rule] as const;
    }),
  );

  function limited({ name, keys }: NonNullable<AdmissionQuestion["limit"]>): AskedKey[] {
    const values = {
      instrument: keys.instrument ?? null,
      // Who is not signed in, where only accounts are counted, is counted by address.
      account: keys.account ?? (bucketOf(name, "address") ? null : `at ${keys.address}`),
      session: keys.session ?? null,
      address: keys.address,
    };
    return (buckets.get(name) ?? []).flatMap(({ kind, bucket }) => {
      const value = values[kind];
      return value === null ? [] : [{ under: countedUnder(kind, value), bucket, scored: false }];
    });
  }

  /** The narrowest first; a key that is limited and scored is asked once. */
  return function askedKeys({ limit, scored }: Pick<AdmissionQuestion, "limit" | "scored">): AskedKey[] {
    const asked = limit ? limited(limit) : [];
    if (!scored) return asked;
    const scoring: [CountedKind, string | null][] = [
      ["account", scored.accountId],
      ["address", scored.address],
      ["device", scored.device],
    ];
    for (const [kind, value] of scoring) {
      if (value === null) continue;
      const at = asked.findIndex(({ under }) => under.kind === kind);
      const limitedKey = asked[at];
      if (limitedKey) asked[at] = { ...limitedKey, scored: true };
      else asked.push({ under: countedUnder(kind, value), bucket: null, scored: true });
    }
    return asked;
  };
}

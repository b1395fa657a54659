import type { AdmissionAnswer, AdmissionQuestion } from "@onsale/core/risk/admission-store";
import { firstOver, type KeyAnswer } from "@onsale/core/risk/limit-count";
import type { LimitName } from "@onsale/core/risk/limits";
import { type CrowdCounts, crowdCountsOf, type FactCounts } from "@onsale/core/risk/risk-mark";
import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import type { Redis } from "ioredis";
import type { CountedKind, CountedUnder } from "./admission-keys.ts";
import { type Counted, countCall, giveBackCall } from "./admission-scripts.ts";
import { type AskedKey, makeAskedKeys } from "./asked-keys.ts";
import { makeProcessLimits } from "./process-limits.ts";

export type CounterDeps = {
  readonly redis: Redis;
  readonly prefix: string;
  /** Multiplies every number of calls, never a window: for drills, where one machine is the whole crowd. */
  readonly scale: number;
  /** The counters do not answer: limits are counted in this process, and the call goes on unscored. */
  readonly onAway: (error: unknown) => void;
};
type Question = Pick<AdmissionQuestion, "limit" | "scored">;
type Over = Extract<AdmissionAnswer, { kind: "over" }>;
/** null: its counters do not answer. */
type Reply = Counted | null;

/** How long this process believes its last count of the accounts in a browser. */
const DEVICE_KEPT_MS = 5_000;
const DEVICES_KEPT_MAX = 50_000;
const NO_FACTS: FactCounts = { hold: 0, purchase: 0, decline: 0, asked: 0 };

type CountsAnswer = { readonly kind: "counts"; readonly counts: CrowdCounts | null };
type Answered = { readonly one: AskedKey; readonly reply: Reply };

/**
 * Counts a call under all of its keys in one turn of the event loop, which is one round trip: one script for each key. What
 * is over by what this process knows is refused before anything is counted.
 */
export function makeCounters(deps: CounterDeps) {
  const askedKeys = makeAskedKeys(deps);
  const countKey = makeCountKey(deps);
  const own = makeProcessLimits({ nowMs: () => performance.now() });

  /** A key that does not answer counts here, unless a narrower one is over already. */
  function overOf(answered: readonly Answered[], name: LimitName): Over | null {
    const answers: KeyAnswer[] = [];
    for (const { one, reply } of answered) {
      const { under, bucket } = one;
      if (!bucket || under.kind === "device") continue;
      const waitMs = reply?.waitMs ?? own.take(nameOf(name, under), bucket);
      answers.push({ key: under.kind, bucket, waitMs });
      const over = firstOver(answers);
      if (!over) continue;
      own.noteOver(nameOf(name, under), over);
      return over;
    }
    return null;
  }

  return async function ask(question: Question): Promise<Over | CountsAnswer> {
    const { limit, scored } = question;
    const asked = askedKeys(question);
    for (const { under, bucket } of asked) {
      const known = limit && bucket ? own.knownOver(nameOf(limit.name, under)) : null;
      if (known) return known;
    }
    let away: unknown = null;
    const answered = await Promise.all(
      asked.map(async (one): Promise<Answered> => {
        try {
          return { one, reply: await countKey(one, question) };
        } catch (error) {
          away = error;
          return { one, reply: null };
        }
      }),
    );
    const over = limit && overOf(answered, limit.name);
    if (over) {
      for (const { under, countedAs } of countedElsewhere(answered, over, limit.name))
        giveBackCall(deps.redis, { prefix: deps.prefix, under, countedAs }).catch(deps.onAway);
      return over;
    }
    if (scored && away !== null) deps.onAway(away);
    return { kind: "counts", counts: scored && away === null ? countsIn(answered) : null };
  };
}

/** Asks one key; of a browser not again what this process was told a moment ago. */
function makeCountKey({ redis, prefix }: CounterDeps) {
  const devices = makeBoundedMap<string, { readonly signs: Counted["signs"]; readonly atMs: number }>(
    DEVICES_KEPT_MAX,
  );

  return async function countKey(
    { under, bucket, scored }: AskedKey,
    { limit, scored: caller }: Question,
  ): Promise<Counted> {
    const crowdOf = (scored && under.kind !== "account" && caller?.accountId) || null;
    const onDevice = under.kind === "device" ? `${under.name} ${crowdOf}` : null;
    const known = onDevice === null ? undefined : devices.get(onDevice);
    if (known && performance.now() - known.atMs < DEVICE_KEPT_MS) return { waitMs: 0, signs: known.signs };
    const ofLimit = limit && bucket ? { name: limit.name, bucket } : null;
    const reply = await countCall(redis, { prefix, under, limit: ofLimit, scored, crowdOf });
    if (onDevice !== null) devices.set(onDevice, { signs: reply.signs, atMs: performance.now() });
    return reply;
  };
}

/**
 * What other keys counted of a call that is refused, and what has to go back: the address' point, so that a hammering
 * account uses up nothing of its neighbours', and the account's sign.
 */
function countedElsewhere(answered: readonly Answered[], over: Over, name: LimitName) {
  return answered.flatMap(({ one, reply }): { under: CountedUnder; countedAs: LimitName | "guarded" }[] => {
    const { under, bucket, scored } = one;
    if (under.kind === over.key || !reply || reply.waitMs > 0) return [];
    if (under.kind === "address" && bucket) return [{ under, countedAs: name }];
    if (under.kind === "account" && scored) return [{ under, countedAs: "guarded" }];
    return [];
  });
}

function countsIn(answered: readonly Answered[]): CrowdCounts {
  const signsOf = (kind: CountedKind) => answered.find(({ one }) => one.under.kind === kind)?.reply?.signs;
  const [account, address, device] = [signsOf("account"), signsOf("address"), signsOf("device")];
  return crowdCountsOf({
    callsThisMinute: account?.guarded ?? 0,
    accountsAtAddress: address?.crowd ?? 0,
    accountsOnDevice: device?.crowd ?? 0,
    ofAccount: account?.facts ?? NO_FACTS,
    atAddress: address?.facts ?? NO_FACTS,
  });
}

const nameOf = (limit: LimitName, { kind, name }: CountedUnder) => `${limit} ${kind} ${name}`;

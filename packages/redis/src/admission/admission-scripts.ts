import type { Bucket, LimitName } from "@onsale/core/risk/limits";
import type { FactCounts, RiskFact } from "@onsale/core/risk/risk-mark";
import { z } from "zod";
import { defineScript } from "../define-script.ts";
import { type CountedUnder, tallyKey } from "./admission-keys.ts";

type At = { readonly prefix: string; readonly under: CountedUnder };
export type CountCall = At & {
  readonly limit: { readonly name: LimitName; readonly bucket: Bucket } | null;
  /** Whether guarded calls, facts and crowd of this key are asked for. */
  readonly scored: boolean;
  /** Who stands in the crowd here; null: nobody, or that is known. */
  readonly crowdOf: string | null;
};

const callsKey = ({ prefix, under }: At) => [tallyKey(prefix, under, "calls")];
const factsKey = ({ prefix, under }: At) => [tallyKey(prefix, under, "facts")];
const nothing = z.null();

/** Without signs when the call is over the limit, or not scored. */
const counted = z.array(z.int()).transform((reply) => {
  const [waitMs = 0, guarded = 0, crowd = 0, hold = 0, purchase = 0, decline = 0, asked = 0] = reply;
  const facts: FactCounts = { hold, purchase, decline, asked };
  return { waitMs, signs: reply.length > 1 ? { guarded, crowd, facts } : null };
});
export type Counted = z.infer<typeof counted>;

export const countCall = defineScript({
  name: "countCall",
  keys: ({ prefix, under, scored }: CountCall) => {
    const keys = [tallyKey(prefix, under, "calls")];
    if (scored) keys.push(tallyKey(prefix, under, "facts"));
    if (scored && under.kind !== "account") keys.push(tallyKey(prefix, under, "crowd"));
    return keys;
  },
  args: ({ limit, crowdOf }) => {
    if (!limit) return ["", 0, 0, "", 0, crowdOf ?? ""];
    const { points, seconds, burst } = limit.bucket;
    return [
      limit.name,
      points,
      seconds * 1_000,
      burst?.points ?? "",
      (burst?.seconds ?? 0) * 1_000,
      crowdOf ?? "",
    ];
  },
  reply: counted,
});

export const giveBackCall = defineScript({
  name: "giveBackCall",
  keys: (input: At & { countedAs: LimitName | "guarded" }) => callsKey(input),
  args: ({ countedAs }) => [countedAs],
  reply: nothing,
});

export const noteFact = defineScript({
  name: "noteFact",
  keys: (input: At & { fact: RiskFact; once: string | null }) => factsKey(input),
  args: ({ fact, once }) => [fact, once ?? ""],
  reply: z.union([z.tuple([]), z.tuple([z.int(), z.int()])]),
});

export const noteFailures = defineScript({
  name: "noteFailures",
  keys: (input: At & { declines: number; asked: number }) => factsKey(input),
  args: ({ declines, asked }) => [declines, asked],
  reply: nothing,
});

export const forgetCounts = defineScript({
  name: "forgetCounts",
  keys: ({ prefix, under, tally }: At & { tally: "calls" | "facts"; names: readonly string[] }) => [
    tallyKey(prefix, under, tally),
  ],
  args: ({ names }) => [...names],
  reply: nothing,
});

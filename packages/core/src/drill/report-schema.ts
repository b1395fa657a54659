import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { PassEnd } from "../line/line.ts";
import { WAVE_TONES } from "../line/wave-tone.ts";
import type { WaveReason } from "../line/wave.ts";
import type { BotReport } from "./bot-report.ts";
import { BOT_KINDS } from "./bots.ts";
import type { DrillReport, LimitedBy, Outcome } from "./drill-report.ts";
import { FAULT_KINDS, type FaultReport } from "./faults.ts";
import type { StepStats } from "./latencies.ts";
import type { LineReport } from "./line-report.ts";
import type { SloResult } from "./slos.ts";

const OUTCOMES = {
  bought: true,
  left_line: true,
  lapsed: true,
  declined: true,
  released: true,
  abandoned: true,
  gave_up: true,
  sold_out: true,
  too_late: true,
  failed: true,
} as const satisfies Record<Outcome, true>;
const LIMITS = { client: true, server: true, crowd: true } as const satisfies Record<LimitedBy, true>;

const namesOf = <K extends string>(record: Readonly<Record<K, unknown>>) =>
  z.enum(Object.keys(record) as [K, ...K[]]);

const count = z.int().nonnegative();
const second = z.number();
const rank = z.number().min(-1).max(1).nullable();
const counts = z.record(z.string(), count);
const hex64 = z.string().regex(/^[0-9a-f]{64}$/, rule("hex_64"));
const reason = namesOf<WaveReason>(WAVE_TONES);

const StepStatsSchema = z.strictObject({
  count,
  p50Ms: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
  perSecond: z.number(),
}) satisfies z.ZodType<StepStats>;

const SloSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(["promise", "service"]),
  is: z.enum(["at_most", "at_least"]),
  target: z.number(),
  value: z.number().nullable(),
  unit: z.enum(["", "ms", "s", "%"]),
  ok: z.boolean(),
}) satisfies z.ZodType<SloResult>;

const LineSchema = z.strictObject({
  id: z.string(),
  cap: count,
  inflowPerSecond: count,
  passTtlMs: count,
  graceMs: count,
  lobbySeconds: z.number(),
  drawn: count,
  joined: count,
  admitted: count,
  ended: z.partialRecord(PassEnd, count),
  ticketsPerPass: z.number().nullable(),
  mostActive: count,
  samples: count,
  mostPerSecond: count,
  admittedTwice: count,
  firstAdmissionSecond: second.nullable(),
  soldOutSecond: second.nullable(),
  toldSoldOut: count,
  fairness: z.strictObject({
    numberToAdmission: rank,
    joiningToNumber: rank,
    byJoinTenth: z.array(z.strictObject({ tenth: count, joined: count, admitted: count })),
    afterDraw: z.strictObject({ joined: count, joiningToNumber: rank }),
  }),
  polls: count,
  draw: z
    .strictObject({
      file: z.literal("draw.json"),
      entries: count,
      commitment: hex64,
      entriesRoot: hex64,
      verified: z.boolean(),
      problem: z.string().nullable(),
      proofs: count,
    })
    .nullable(),
  fans: z.array(
    z.strictObject({
      number: count,
      joined: count.nullable(),
      second,
      drawn: z.boolean(),
      late: z.boolean(),
    }),
  ),
  waves: z.array(z.strictObject({ second, admitted: count, active: count, cap: count, reason })),
  depth: z.array(
    z.strictObject({
      second,
      joined: count,
      waiting: count,
      active: count,
      front: count,
      servedTo: count,
      calledTo: count,
    }),
  ),
}) satisfies z.ZodType<LineReport>;

const BotsSchema = z.strictObject({
  accounts: count,
  addresses: count,
  requests: count,
  kinds: z.array(
    z.strictObject({
      kind: z.enum(BOT_KINDS),
      accounts: count,
      requests: count,
      granted: count,
      refused: counts,
      passes: count,
      holds: count,
      tickets: count,
    }),
  ),
  tickets: count,
  shareOfTickets: z.number().min(0).max(1),
  ticketsBeyondLimit: count,
  ticketsWithoutPass: count,
}) satisfies z.ZodType<BotReport>;

const FaultSchema = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  second,
  allowed: z.array(z.string()),
  doneAtSecond: second.nullable(),
  tookMs: z.number().nullable(),
  met: counts,
  holdsAgainAfterS: z.number().nullable(),
  ordersAgainAfterS: z.number().nullable(),
  beyond: z.array(z.string()),
  onlyAllowed: z.boolean(),
}) satisfies z.ZodType<FaultReport>;

/** Who vouches for a report; docs/drill.md states the rule. All values in base64url. */
export const ReportSignature = z.strictObject({
  algorithm: z.literal("Ed25519"),
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, rule("base64url_32")),
  signedAt: z.iso.datetime(),
  value: z.string().regex(/^[A-Za-z0-9_-]{86}$/, rule("base64url_64")),
});
export type ReportSignature = Readonly<z.infer<typeof ReportSignature>>;

const shape = {
  version: z.literal(2),
  ok: z.boolean(),
  failures: z.array(z.string()),
  settled: z.boolean(),
  drill: z.string(),
  event: z.string(),
  startedAt: z.iso.datetime(),
  seconds: z.number(),
  seed: count,
  fans: count,
  seats: count,
  wanted: count,
  sold: count,
  held: count,
  free: z.int(),
  oversold: count,
  lostTickets: count,
  soldOut: z.boolean(),
  sections: z.array(z.strictObject({ section: z.string(), places: count, sold: count })),
  violations: count,
  admittedOverCap: count,
  orderInversions: count,
  botTickets: count,
  slos: z.array(SloSchema),
  line: LineSchema.nullable(),
  bots: BotsSchema.nullable(),
  faults: z.array(FaultSchema),
  perSecond: z.number(),
  ticketsPerSecond: z.number(),
  steps: z.record(z.string(), StepStatsSchema),
  stepsBesideFaults: z.record(z.string(), StepStatsSchema).nullable(),
  outcomes: z.partialRecord(namesOf(OUTCOMES), count),
  invariants: z.array(z.strictObject({ id: z.string(), title: z.string(), violations: count })),
  drift: z.array(z.strictObject({ kind: z.string(), detail: z.string() })),
  errors: counts,
  refusals: z.record(z.string(), counts),
  unexpected: counts,
  timeline: z.array(z.strictObject({ second, holds: count, orders: count, tickets: count, errors: count })),
  errorSeries: z.array(z.strictObject({ second, codes: counts })),
  hung: count,
  limitedBy: namesOf(LIMITS),
  client: z.strictObject({ busy: z.number(), loopDelayP99Ms: z.number(), slotWaitP95Ms: z.number() }),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  commit: z.string().exactOptional(),
  machine: z.strictObject({
    cpus: count,
    cpuModel: z.string(),
    memoryMb: count,
    platform: z.string(),
    node: z.string(),
  }),
} as const;

/** A drill and who vouches for it: what `--json` prints and report.json holds. */
export type SignedReport = DrillReport & { readonly signature: ReportSignature };

/** Every field, none besides: what a report says can be read by its place. */
export const SignedReportSchema: z.ZodType<SignedReport> = z.strictObject({
  ...shape,
  signature: ReportSignature,
});

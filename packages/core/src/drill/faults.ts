import { AppError } from "../shared/errors.ts";

/** Refusals and faults of one second, by code; seconds before the release are negative, quiet ones are left out. */
export type ErrorPoint = { readonly second: number; readonly codes: Readonly<Record<string, number>> };

export const FAULT_KINDS = [
  "kill-worker",
  "restart-redis",
  "flush-redis",
  "kill-backends",
  "slow-provider",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** `second` counts from the release. */
export type ScheduledFault = { readonly kind: FaultKind; readonly second: number };

export type FaultReport = ScheduledFault & {
  /** What was said before the drill. */
  readonly allowed: readonly string[];
  /** When it was really done, and how long the doing took; null: the sale was over before. */
  readonly doneAtSecond: number | null;
  readonly tookMs: number | null;
  /** Refusals and faults that fans met in the time that is given to recover. */
  readonly met: Readonly<Record<string, number>>;
  /** Seconds until holds were made again; null: none were, or nothing was left to hold. */
  readonly holdsAgainAfterS: number | null;
  readonly ordersAgainAfterS: number | null;
  /** What happened and was not allowed; empty when only the allowed happened. */
  readonly beyond: readonly string[];
  readonly onlyAllowed: boolean;
};

type Allowance = {
  readonly says: readonly string[];
  /** Codes that fans may meet until `recoverS` after the fault, beside those that are always expected. */
  readonly codes: readonly string[];
  readonly recoverS: number;
};

const OUTAGE = ["service.unavailable", "inventory.rebuilding", "line.resting", "http.503", "rate.limited"];
const RESET = ["network.ECONNRESET", "network.timeout"];

export const ALLOWED: Readonly<Record<FaultKind, Allowance>> = {
  "kill-worker": {
    says: [
      "orders wait in the queue and no wave goes in, until the worker is back and its lease is its own",
      "checkouts may answer that they are still under way; asked again with the same key they end once",
    ],
    codes: ["checkout.pending", "checkout.busy"],
    recoverS: 25,
  },
  "restart-redis": {
    says: [
      "holds, the line and its document rest while Redis is away, with clear refusals",
      "what Redis wrote in its last second may be lost: a hold or a presence of that second",
    ],
    codes: [...OUTAGE, ...RESET, "hold.not_found", "hold.expired", "checkout.pending", "checkout.seats_lost"],
    recoverS: 25,
  },
  "flush-redis": {
    says: [
      "every hold that is not in checkout is lost, and its fan looks for other seats",
      "seats, line and passes come back from Postgres: the same numbers, nobody let in twice, nothing sold twice",
    ],
    codes: [...OUTAGE, ...RESET, "hold.not_found", "hold.expired", "checkout.pending", "checkout.seats_lost"],
    recoverS: 25,
  },
  "kill-backends": {
    says: ["statements that were under way fail and are asked again; nothing of them is half done"],
    codes: [...OUTAGE, "checkout.pending", "checkout.busy"],
    recoverS: 20,
  },
  "slow-provider": {
    says: [
      "payments take as long as the bank takes, and waves are smaller while it is slow",
      "an answer may be lost; the payment is asked about, never made twice",
    ],
    codes: ["payment.unavailable", "checkout.pending", "checkout.busy", "hold.expired"],
    recoverS: 40,
  },
};

const KINDS: ReadonlySet<string> = new Set(FAULT_KINDS);
const SECONDS_MAX = 3_600;

/** "T+30:kill-worker,T+45:flush-redis" in the order of time. Throws input.invalid with the part that is not understood. */
export function parseFaults(text: string): ScheduledFault[] {
  const faults = text.split(",").map((part): ScheduledFault => {
    const [, seconds, kind] = /^T\+(\d{1,5}):([a-z-]+)$/.exec(part.trim()) ?? [];
    const second = Number(seconds);
    if (seconds === undefined || kind === undefined || !KINDS.has(kind) || second > SECONDS_MAX)
      throw new AppError("input.invalid", { why: "fault_schedule", text: part.trim(), known: FAULT_KINDS });
    return { kind: kind as FaultKind, second };
  });
  return faults.toSorted((a, b) => a.second - b.second);
}

export type FaultFinding = ScheduledFault & {
  readonly doneAtSecond: number | null;
  readonly tookMs: number | null;
};

export type FaultTrace = {
  readonly errors: readonly ErrorPoint[];
  readonly isExpected: (code: string) => boolean;
  readonly holds: readonly number[];
  readonly orders: readonly number[];
  /** Nothing was left to sell from this second on; null: there was, to the end. */
  readonly soldOutSecond: number | null;
};

/** Whether only the allowed happened. `holds` and `orders` are counts by second of the sale. */
export function judgeFault(finding: FaultFinding, trace: FaultTrace): FaultReport {
  const { says, codes, recoverS } = ALLOWED[finding.kind];
  const from = finding.doneAtSecond;
  if (from === null)
    return {
      ...finding,
      allowed: says,
      met: {},
      holdsAgainAfterS: null,
      ordersAgainAfterS: null,
      beyond: [],
      onlyAllowed: true,
    };
  const met: Record<string, number> = {};
  for (const { second, codes: counts } of trace.errors)
    if (second >= from && second <= from + recoverS)
      for (const [code, count] of Object.entries(counts)) met[code] = (met[code] ?? 0) + count;
  const allowed = new Set(codes);
  const beyond = Object.entries(met)
    .filter(([code]) => !allowed.has(code) && !trace.isExpected(code))
    .map(([code, count]) => `${code}, ${count} times`);
  const again = (counts: readonly number[]) => firstAfter(counts, from);
  const [holds, orders] = [again(trace.holds), again(trace.orders)];
  // Half of the places may go to those who were inside: only silence while there was something to sell is a fault.
  const open = trace.soldOutSecond === null || trace.soldOutSecond > from + recoverS;
  if (open && (holds === null || holds > recoverS)) beyond.push(`no hold within ${recoverS} s`);
  if (open && (orders === null || orders > recoverS)) beyond.push(`no order within ${recoverS} s`);
  return {
    ...finding,
    allowed: says,
    met,
    holdsAgainAfterS: holds,
    ordersAgainAfterS: orders,
    beyond,
    onlyAllowed: beyond.length === 0,
  };
}

/** Whether anything of an answer falls into the time that a fault has to recover; milliseconds since the release. */
export function isUnderFault(
  faults: readonly FaultFinding[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): boolean {
  return faults.some(({ kind, doneAtSecond }) => {
    if (doneAtSecond === null) return false;
    return toMs >= doneAtSecond * 1_000 && fromMs <= (doneAtSecond + ALLOWED[kind].recoverS) * 1_000;
  });
}

/** Codes that a fault explains do not count as unexpected in the time given to recover. */
export function isExplained(faults: readonly FaultFinding[], second: number, code: string): boolean {
  return faults.some(({ kind, doneAtSecond }) => {
    if (doneAtSecond === null || second < doneAtSecond) return false;
    return second <= doneAtSecond + ALLOWED[kind].recoverS && ALLOWED[kind].codes.includes(code);
  });
}

function firstAfter(counts: readonly number[], second: number): number | null {
  for (let at = Math.ceil(second) + 1; at < counts.length; at += 1)
    if ((counts[at] ?? 0) > 0) return at - Math.ceil(second);
  return null;
}

import type { StepStats } from "./latencies.ts";

/**
 * promise: broken once, the sale was wrong. service: how well it was served on two cores that also carry the crowd; see
 * docs/drill.md for where the targets come from.
 */
export type SloResult = {
  readonly name: string;
  readonly kind: "promise" | "service";
  /** `value` holds when it is at most, or at least, `target`. */
  readonly is: "at_most" | "at_least";
  readonly target: number;
  /** null: there was nothing to measure, which fails no service target but every promise that needs a value. */
  readonly value: number | null;
  readonly unit: "" | "ms" | "s" | "%";
  readonly ok: boolean;
};

export type SloInput = {
  readonly oversold: number;
  readonly lostTickets: number;
  readonly violations: number;
  readonly drift: number;
  readonly admittedOverCap: number;
  readonly admittedTwice: number;
  readonly orderInversions: number;
  readonly botTicketsBeyondLimit: number;
  readonly drawRefused: number;
  /** null without a line: then the line's targets are left out. */
  readonly line: {
    readonly firstAdmissionSecond: number | null;
    readonly soldOutSecond: number | null;
  } | null;
  readonly sold: number;
  readonly seats: number;
  /** Tickets that fans came for who would pay. */
  readonly wanted: number;
  readonly steps: Readonly<Record<string, StepStats>>;
  /** Without the answers that a fault was allowed to slow down; null: there was no fault. */
  readonly stepsBesideFaults: Readonly<Record<string, StepStats>> | null;
  readonly requests: number;
  readonly unexpected: number;
  readonly hung: number;
};

/**
 * Stated for two cores that carry the crowd as well: what a fan feels, not what the server alone can do. Latencies are
 * about twice what a quiet machine measured with 10,000 fans (hold p95 0.8 s, checkout p95 1.5 s).
 */
export const SLO_TARGETS = {
  holdP95Ms: 1_500,
  holdP99Ms: 3_000,
  checkoutP95Ms: 3_000,
  checkoutP99Ms: 5_000,
  unexpectedPct: 0.1,
  /** The draw, and the time in which fans learn their number and come to the front. */
  firstAdmissionS: 20,
  soldOutS: 240,
  /** A plan of more than 2,000 places takes longer by so much for each. */
  soldOutSPerPlace: 0.12,
  soldPct: 99.5,
} as const;

/** A crowd sells a plan out when it wants this many times as much: some go home, and parties do not fit into what is left. */
const WANTS_ALL = 1.2;

/** Seconds from the release. */
export function soldOutTargetS(seats: number): number {
  return Math.max(SLO_TARGETS.soldOutS, Math.round(seats * SLO_TARGETS.soldOutSPerPlace));
}

/** Promises first, then how it felt. */
export function slosOf(input: SloInput): SloResult[] {
  const zero = (name: string, value: number): SloResult => ({
    name,
    kind: "promise",
    is: "at_most",
    target: 0,
    value,
    unit: "",
    ok: value === 0,
  });
  const promises = [
    zero("places sold twice", input.oversold),
    zero("tickets lost", input.lostTickets),
    zero("rows that break an invariant", input.violations),
    zero("places that differ between Redis and Postgres", input.drift),
    zero("passes above the cap", input.admittedOverCap),
    zero("let in twice", input.admittedTwice),
    zero("overtakings after the draw", input.orderInversions),
    zero("tickets of bots beyond the limit or without a pass", input.botTicketsBeyondLimit),
    zero("draws that do not verify", input.drawRefused),
  ];
  return [...promises, ...serviceSlos(input)];
}

function serviceSlos({ steps, stepsBesideFaults, line, ...input }: SloInput): SloResult[] {
  const T = SLO_TARGETS;
  const { hold, checkout } = stepsBesideFaults ?? steps;
  const beside = stepsBesideFaults ? ", beside faults" : "";
  const atMost = (
    name: string,
    unit: SloResult["unit"],
    [value, target]: readonly [number | null, number],
  ): SloResult => ({
    name,
    kind: "service",
    is: "at_most",
    target,
    value,
    unit,
    ok: value === null || value <= target,
  });
  const share = input.requests === 0 ? null : percent(input.unexpected, input.requests);
  const sellsOut = input.seats > 0 && input.wanted >= WANTS_ALL * input.seats;
  const sold = sellsOut ? percent(input.sold, input.seats) : null;
  const lineSlos = line
    ? [
        atMost("release to first admission", "s", [line.firstAdmissionSecond, T.firstAdmissionS]),
        atMost("release to sold out", "s", [line.soldOutSecond, soldOutTargetS(input.seats)]),
      ]
    : [];
  return [
    atMost(`hold, p95${beside}`, "ms", [hold?.p95Ms ?? null, T.holdP95Ms]),
    atMost(`hold, p99${beside}`, "ms", [hold?.p99Ms ?? null, T.holdP99Ms]),
    atMost(`checkout, p95${beside}`, "ms", [checkout?.p95Ms ?? null, T.checkoutP95Ms]),
    atMost(`checkout, p99${beside}`, "ms", [checkout?.p99Ms ?? null, T.checkoutP99Ms]),
    atMost("answers that no fan should get", "%", [share, T.unexpectedPct]),
    ...lineSlos,
    atMost("requests without an answer after 10 s", "", [input.hung, 0]),
    {
      name: "places sold",
      kind: "service",
      is: "at_least",
      target: T.soldPct,
      value: sold,
      unit: "%",
      ok: sold === null || sold >= T.soldPct,
    },
  ];
}

/** Three decimals: one wrong answer in a hundred thousand must not round to none. */
function percent(part: number, whole: number): number {
  return Math.round((part / whole) * 100_000) / 1_000;
}

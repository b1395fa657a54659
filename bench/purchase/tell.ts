import { type CpuMs, ofShop, type Part } from "./cpu.ts";
import type { Dialect, Load } from "./crowd.ts";
import type { Measured } from "./measure.ts";

export type Round = {
  readonly dialect: Dialect;
  readonly measured: readonly Measured[];
  /** What was not as it must be after all purchases of the round. */
  readonly wrong: readonly string[];
};
export type Result = {
  readonly settings: Readonly<Record<string, string>>;
  readonly rounds: readonly Round[];
};

const PARTS: readonly Part[] = ["app", "worker", "postgres", "redis", "provider", "generator"];

/** Its driver now and then refuses a BEGIN that it has queued behind another (postgres.js: UNSAFE_TRANSACTION). */
const REFERENCE_FAULTS_MAX = 0.01;

const nameOf = (load: Load) =>
  load.kind === "open" ? `open, ${load.perSecond}/s` : `${load.connections} at once`;
/** Of an even number, what lies between the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (n: number) => sorted[Math.floor(n)] ?? 0;
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
}
const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

/** The middle of the rounds, figure by figure. */
export type Summary = {
  readonly dialect: Dialect;
  readonly load: string;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly holdP95Ms: number;
  readonly cpuMs: CpuMs & { readonly shop: number; readonly shopAfter: number };
  /** Over all rounds, the worst. */
  readonly oldestMailMs: number;
  readonly oldestCaptureMs: number;
  readonly queueLength: number | null;
  readonly queueAgeMs: number | null;
  readonly notPaid: number;
  readonly askedAgain: number;
  readonly uncounted: number;
};

function summaryOf(dialect: Dialect, all: readonly Measured[]): Summary {
  const middle = (of: (one: Measured) => number, digits = 1) => rounded(median(all.map(of)), digits);
  const worst = (of: (one: Measured) => number) => rounded(Math.max(...all.map(of)), 0);
  const parts = PARTS.filter((part) => all.some(({ cpu }) => cpu[part] !== undefined));
  const cpu = Object.fromEntries(parts.map((part) => [part, middle((one) => one.cpu[part] ?? 0, 2)]));
  const [first] = all;
  return {
    dialect,
    load: first ? nameOf(first.load) : "",
    perSecond: middle(({ perSecond }) => perSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p95Ms: middle(({ p95Ms }) => p95Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    holdP95Ms: middle(({ holdP95Ms }) => holdP95Ms),
    cpuMs: {
      ...cpu,
      shop: middle((one) => ofShop(one.cpu), 2),
      shopAfter: middle((one) => ofShop(one.cpuAfter), 2),
    },
    oldestMailMs: worst(({ open }) => open.mailMs),
    oldestCaptureMs: worst(({ open }) => open.captureMs),
    queueLength: first?.queue ? worst(({ queue }) => queue?.length ?? 0) : null,
    queueAgeMs: first?.queue ? worst(({ queue }) => queue?.oldestMs ?? 0) : null,
    notPaid: all.reduce((sum, { load, purchases }) => sum + load.count - purchases, 0),
    askedAgain: all.reduce((sum, one) => sum + one.askedAgain, 0),
    uncounted: all.reduce((sum, one) => sum + one.uncounted, 0),
  };
}

export function summariesOf(rounds: readonly Round[]): Summary[] {
  const groups = new Map<string, { dialect: Dialect; all: Measured[] }>();
  for (const { dialect, measured } of rounds)
    for (const one of measured) {
      const name = `${dialect} ${nameOf(one.load)}`;
      const group = groups.get(name) ?? { dialect, all: [] };
      group.all.push(one);
      groups.set(name, group);
    }
  return [...groups.values()].map(({ dialect, all }) => summaryOf(dialect, all));
}

const inWords = ({ cpuMs, ...one }: Summary): string[] => [
  `${one.dialect}, ${one.load}`,
  `  ${one.perSecond} purchases/s; p50 ${one.p50Ms} ms, p95 ${one.p95Ms} ms, p99 ${one.p99Ms} ms; hold p95 ${one.holdP95Ms} ms`,
  `  CPU ms per purchase: ${cpuMs.shop} (${PARTS.filter((part) => part !== "generator" && part !== "provider")
    .map((part) => `${part} ${cpuMs[part] ?? 0}`)
    .join(", ")}), then ${cpuMs.shopAfter} until nothing was left to do;` +
    ` beside it generator ${cpuMs.generator ?? 0}${cpuMs.provider === undefined ? "" : `, provider ${cpuMs.provider}`}`,
  `  at the last answer: oldest mail ${one.oldestMailMs} ms, oldest capture ${one.oldestCaptureMs} ms` +
    (one.queueLength === null ? "" : `; longest queue ${one.queueLength}, oldest entry ${one.queueAgeMs} ms`),
  `  not paid ${one.notPaid}, asked again ${one.askedAgain}, calls that limits or guard did not count ${one.uncounted}`,
];

/** Ours to the reference, for each load: purchases a second, p50 and processor time. */
function ratiosOf(summaries: readonly Summary[]) {
  return summaries.flatMap((ours) => {
    const other = summaries.find((one) => one.dialect === "reference" && one.load === ours.load);
    if (ours.dialect !== "onsale" || !other) return [];
    const to = (of: (one: Summary) => number) => rounded(of(ours) / of(other), 2);
    const ratio = { perSecond: to((one) => one.perSecond), p50: to((one) => one.p50Ms) };
    return [{ load: ours.load, ...ratio, cpu: to(({ cpuMs }) => cpuMs.shop) }];
  });
}

/** Prints the result; false: something was not as it must be. */
export function tell({ settings, rounds }: Result, { json }: { json: boolean }): boolean {
  const summaries = summariesOf(rounds);
  const ratios = ratiosOf(summaries);
  const wrong = rounds.flatMap((one) => one.wrong);
  const faults = rounds.flatMap(({ measured }) => measured.flatMap((one) => Object.entries(one.faults)));
  if (json) console.log(JSON.stringify({ settings, summaries, ratios, wrong, faults }));
  else {
    console.log(
      Object.entries(settings)
        .map(([name, value]) => `${name} ${value}`)
        .join(", "),
    );
    for (const summary of summaries) console.log(inWords(summary).join("\n"));
    for (const { load, perSecond, p50, cpu } of ratios)
      console.log(
        `ours to the reference, ${load}: ${perSecond} times its purchases/s, p50 ${p50}, CPU ${cpu}`,
      );
    for (const [fault, count] of faults) console.log(`! ${count} times: ${fault}`);
    for (const sentence of wrong) console.log(`! ${sentence}`);
    if (wrong.length === 0) console.log("every order paid, captured, in the ledger and with its tickets");
  }
  const isRight = rounds.every(({ dialect, measured }) =>
    measured.every(({ load, purchases, uncounted }) => {
      const share = (load.count - purchases) / load.count;
      return uncounted === 0 && share <= (dialect === "reference" ? REFERENCE_FAULTS_MAX : 0);
    }),
  );
  return wrong.length === 0 && isRight;
}

import type { ClientSigns } from "../actor/call.ts";
import { isToolAgent } from "./client-signs.ts";

/** What is known of an account at the moment it asks; the windows are those of the store that counts. */
export type RiskSignals = {
  /** null: the call did not come over HTTP. */
  readonly client: ClientSigns | null;
  readonly isDataCentre: boolean;
  /** Guarded calls of this account in the running minute, this one included. */
  readonly callsThisMinute: number;
  /** Different accounts seen in the last hour. */
  readonly accountsAtAddress: number;
  readonly accountsOnDevice: number;
  /** Holds of the last hour that were not paid for: released, run out, or still running. */
  readonly unboughtHolds: number;
  readonly failedPayments: number;
  readonly failedPaymentsAtAddress: number;
};

export type RiskSignName =
  | "velocity"
  | "accounts_at_address"
  | "accounts_on_device"
  | "hold_cycles"
  | "failed_payments"
  | "failed_payments_at_address"
  | "tool_agent"
  | "no_language"
  | "no_fetch_metadata"
  | "no_device"
  | "webdriver"
  | "data_centre";

export type RiskSign = { readonly sign: RiskSignName; readonly points: number; readonly seen: number };
export type RiskOutcome = "through" | "challenge" | "refuse";
export type RiskVerdict = {
  readonly score: number;
  readonly outcome: RiskOutcome;
  readonly signs: readonly RiskSign[];
};

export const CHALLENGE_AT = 50;
export const REFUSE_AT = 100;
/** From here on a challenge costs five times the work. */
export const HARD_AT = 75;

type Step = readonly [from: number, points: number];
/** The highest step that is reached counts. Documented in docs/limits.md; a test holds the page against this table. */
export const COUNTED = {
  velocity: [
    [13, 20],
    [25, 40],
  ],
  accounts_at_address: [
    [10, 10],
    [100, 20],
    [1_000, 30],
  ],
  accounts_on_device: [
    [3, 15],
    [6, 35],
    [12, 60],
  ],
  hold_cycles: [
    [5, 20],
    [8, 40],
    [12, 60],
    [20, 80],
  ],
  failed_payments: [
    [3, 30],
    [6, 60],
    [10, 100],
  ],
  failed_payments_at_address: [
    [30, 20],
    [100, 40],
  ],
} as const satisfies Partial<Record<RiskSignName, readonly Step[]>>;

/** Together below CHALLENGE_AT on purpose: a rare browser alone, or one that guards its privacy, is not a bot. */
export const SEEN = {
  tool_agent: 20,
  no_language: 10,
  no_fetch_metadata: 10,
  no_device: 5,
  webdriver: 35,
  data_centre: 30,
} as const satisfies Partial<Record<RiskSignName, number>>;

/** Adds up the signs. Pure: the same signals always give the same verdict, so an operator can be shown why. */
export function scoreRisk(signals: RiskSignals): RiskVerdict {
  const { client } = signals;
  const counts = {
    velocity: signals.callsThisMinute,
    accounts_at_address: signals.accountsAtAddress,
    accounts_on_device: signals.accountsOnDevice,
    hold_cycles: signals.unboughtHolds,
    failed_payments: signals.failedPayments,
    failed_payments_at_address: signals.failedPaymentsAtAddress,
  } satisfies Record<keyof typeof COUNTED, number>;
  const flags = {
    tool_agent: client !== null && isToolAgent(client.userAgent),
    no_language: client !== null && !client.hasLanguage,
    no_fetch_metadata: client !== null && !client.hasFetchMetadata,
    no_device: client !== null && client.device === null,
    webdriver: client?.webdriver ?? false,
    data_centre: signals.isDataCentre,
  } satisfies Record<keyof typeof SEEN, boolean>;
  const names = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];
  const signs: RiskSign[] = [
    ...names(COUNTED).map((sign) => ({
      sign,
      seen: counts[sign],
      points: reached(COUNTED[sign], counts[sign]),
    })),
    ...names(SEEN).map((sign) => ({ sign, seen: Number(flags[sign]), points: flags[sign] ? SEEN[sign] : 0 })),
  ].filter(({ points }) => points > 0);
  const score = signs.reduce((sum, { points }) => sum + points, 0);
  return {
    score,
    outcome: score >= REFUSE_AT ? "refuse" : score >= CHALLENGE_AT ? "challenge" : "through",
    signs: signs.sort((a, b) => b.points - a.points),
  };
}

function reached(steps: readonly Step[], count: number): number {
  return steps.reduce((points, [from, worth]) => (count >= from ? worth : points), 0);
}

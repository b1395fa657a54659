import type { RiskSignName } from "@onsale/core/risk/risk-score";

const WORDS: Readonly<Record<RiskSignName, (seen: number) => string>> = {
  velocity: (seen) => `${seen} guarded calls within a minute`,
  accounts_at_address: (seen) => `${seen} accounts at the same address within an hour`,
  accounts_on_device: (seen) => `${seen} accounts on the same device within an hour`,
  hold_cycles: (seen) => `${seen} holds within an hour that were not bought`,
  failed_payments: (seen) => `${seen} declined payments within an hour`,
  failed_payments_at_address: (seen) => `${seen} declined payments from the same address within an hour`,
  tool_agent: () => "calls itself by a tool's name, or by none",
  no_language: () => "sends no Accept-Language, as browsers do",
  no_fetch_metadata: () => "sends no Sec-Fetch-Site, as browsers do",
  no_device: () => "does not come from our pages",
  webdriver: () => "the browser is steered by a program",
  data_centre: () => "the address belongs to a data centre",
};

/** Why an account scored, in the operator's words; a sign of a newer server is named as it is. */
export function signWords({ sign, seen }: { sign: string; seen: number }): string {
  return Object.hasOwn(WORDS, sign) ? WORDS[sign as RiskSignName](seen) : sign.replaceAll("_", " ");
}

export const OUTCOME_WORDS = { challenge: "Challenged", refuse: "Refused" } as const;
export const ACTION_WORDS = {
  "line.join": "when joining a line",
  hold: "when holding seats",
  checkout: "when paying",
} as const;

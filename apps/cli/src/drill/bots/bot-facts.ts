import type { BotReport } from "@onsale/core/drill/bot-report";
import { botAddresses, planBots } from "@onsale/core/drill/bots";
import type { Admission } from "@onsale/core/drill/drill-store";
import type { AccountId } from "@onsale/core/shared/ids";
import type { DrillAccount } from "../drill-accounts.ts";
import type { BotTally } from "./bot-tally.ts";

export type BotFindings = {
  readonly seed: number;
  readonly lobbyMs: number;
  readonly accounts: readonly DrillAccount[];
  readonly tally: BotTally;
  readonly tickets: readonly { readonly accountId: AccountId; readonly tickets: number }[];
  /** null: there was no line to get through. */
  readonly admissions: readonly Admission[] | null;
  readonly maxPerFan: number;
};

/** What bots got, from Postgres, beside what they were answered. */
export function botFacts(findings: BotFindings): BotReport {
  const { accounts, tally, tickets, admissions, maxPerFan } = findings;
  const plans = planBots({ seed: findings.seed, bots: accounts.length, lobbyMs: findings.lobbyMs });
  const kindOf = new Map(accounts.map(({ account }, no) => [account.id, plans[no]?.kind]));
  const letIn = admissions && new Set(admissions.map(({ accountId }) => accountId));
  const theirs = tickets.filter(({ accountId }) => kindOf.has(accountId));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const all = sum(tickets.map((one) => one.tickets));
  const got = sum(theirs.map((one) => one.tickets));
  const uninvited = letIn ? theirs.filter(({ accountId }) => !letIn.has(accountId)) : [];
  const ticketsWithoutPass = sum(uninvited.map((one) => one.tickets));
  const beyond = sum(theirs.map((one) => Math.max(0, one.tickets - maxPerFan)));
  return {
    accounts: accounts.length,
    addresses: botAddresses(accounts.length),
    requests: tally.requests(),
    kinds: tally.kinds().map((counts) => ({
      ...counts,
      accounts: plans.filter(({ kind }) => kind === counts.kind).length,
      tickets: sum(
        theirs.filter(({ accountId }) => kindOf.get(accountId) === counts.kind).map((one) => one.tickets),
      ),
    })),
    tickets: got,
    shareOfTickets: all === 0 ? 0 : Math.round((got / all) * 10_000) / 10_000,
    ticketsBeyondLimit: beyond + ticketsWithoutPass,
    ticketsWithoutPass,
  };
}

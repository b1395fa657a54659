import { BOT_KINDS, type BotKind } from "@onsale/core/drill/bots";
import { sortedByCount } from "../error-tally.ts";

type Counts = {
  requests: number;
  granted: number;
  passes: number;
  holds: number;
  readonly refused: Map<string, number>;
};

/** What bots of each kind sent and what they were answered. */
export function makeBotTally() {
  const byKind = new Map<BotKind, Counts>(
    BOT_KINDS.map((kind) => [kind, { requests: 0, granted: 0, passes: 0, holds: 0, refused: new Map() }]),
  );
  const of = (kind: BotKind): Counts => {
    const counts = byKind.get(kind);
    if (!counts) throw new Error(`no bot is a ${kind}`);
    return counts;
  };
  const sum = (what: (counts: Counts) => number) =>
    [...byKind.values()].reduce((total, counts) => total + what(counts), 0);

  return {
    answer(kind: BotKind, { ok, code }: { ok: boolean; code: string }): void {
      const counts = of(kind);
      counts.requests += 1;
      if (ok) counts.granted += 1;
      else counts.refused.set(code, (counts.refused.get(code) ?? 0) + 1);
    },
    got: (kind: BotKind, what: "passes" | "holds") => void (of(kind)[what] += 1),
    requests: () => sum(({ requests }) => requests),
    refused: () => sum(({ requests, granted }) => requests - granted),
    kinds: () =>
      [...byKind].map(([kind, { refused, ...counts }]) => ({
        kind,
        ...counts,
        refused: sortedByCount(refused) as Record<string, number>,
      })),
  };
}
export type BotTally = ReturnType<typeof makeBotTally>;

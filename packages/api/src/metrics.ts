import type { ErrorCode } from "@onsale/core/shared/error-details";
import type { GuardedAction } from "@onsale/core/risk/challenge-provider";
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import type { ChallengeEvent } from "@onsale/core/risk/admission";
import type { LimitKey, LimitName } from "@onsale/core/risk/limits";

/** Seconds. Most procedures answer within a few milliseconds; a checkout waits for its order. */
const DURATIONS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What this process counts about itself, for Prometheus. Every label has a fixed set of values (codes, procedures,
 * limits): nothing that a caller wrote becomes one, so that nobody can fill the memory or read a name here.
 */
export function makeMetrics({ process: withProcess }: { process: boolean }) {
  const registry = new Registry();
  const registers = [registry];
  if (withProcess) collectDefaultMetrics({ register: registry });
  const refusals = new Counter({
    name: "onsale_refusals_total",
    help: "Calls that were refused, by the code of the reason.",
    labelNames: ["code"],
    registers,
  });
  const rateLimited = new Counter({
    name: "onsale_rate_limited_total",
    help: "Calls over a rate limit, by limit and by the key that was over.",
    labelNames: ["limit", "key"],
    registers,
  });
  const challenges = new Counter({
    name: "onsale_challenges_total",
    help: "Challenges by what became of them: issued, solved, failed, replayed; and calls refused outright or unscored.",
    labelNames: ["action", "event"],
    registers,
  });
  const calls = new Histogram({
    name: "onsale_procedure_seconds",
    help: "Time to answer a call, by procedure.",
    labelNames: ["procedure", "outcome"],
    buckets: DURATIONS_S,
    registers,
  });
  const pages = new Counter({
    name: "onsale_pages_total",
    help: "Requests for pages, by what became of them.",
    labelNames: ["outcome"],
    registers,
  });

  return {
    /** `everyones`: the same for all, kept or just rendered; `own`: rendered for one visitor; `busy`: no room in the queue. */
    page: (outcome: "everyones" | "own" | "busy" | "outage" | "failed") => pages.inc({ outcome }),
    refused: (code: ErrorCode) => refusals.inc({ code }),
    rateLimited: (limit: LimitName, key: LimitKey) => rateLimited.inc({ limit, key }),
    challenge: (action: GuardedAction, event: ChallengeEvent) => challenges.inc({ action, event }),
    /** `procedure` is a path of the router, never what a caller wrote. */
    called: (procedure: string, outcome: "ok" | "refused" | "failed", ms: number) =>
      calls.observe({ procedure, outcome }, ms / 1_000),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
export type Metrics = ReturnType<typeof makeMetrics>;

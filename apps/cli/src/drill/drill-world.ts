import type { LineId } from "@onsale/core/line/line";
import type { Answer } from "./drill-client.ts";
import type { DrillEvent } from "./drill-event.ts";
import type { Tally } from "./tally.ts";

/** What all fans of a drill share. */
export type DrillWorld = {
  readonly event: Pick<DrillEvent, "eventId" | "slug" | "index" | "prices">;
  /** null: nobody waits before this sale. */
  readonly lineId: LineId | null;
  /** Blocks that contested fans fight for. */
  readonly contested: readonly (readonly number[])[];
  readonly looksLeast: number;
  /** The longest that a patient fan waits before the next look at the map. */
  readonly lookAgainMaxMs: number;
  readonly saleLimitMs: number;
  readonly crowdStretch: number;
  /** While the bank is slow, whoever pays by card meets it. */
  readonly bank: { isSlow: boolean };
  readonly tally: Tally;
  /** Milliseconds since the release, or since the opening where there is no line. */
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
};

const RETRIES_MAX = 10;
const RETRY_MS = 250;
const RETRY_MS_MAX = 3_000;

/** Asks again, with the same key, while the answer is "later" or none at all. */
export async function asking<T>(
  world: Pick<DrillWorld, "pause">,
  send: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  for (let tries = 0; ; tries += 1) {
    const answer = await send();
    if (answer.ok || !answer.transient || tries >= RETRIES_MAX) return answer;
    const backoff = Math.min(RETRY_MS * 2 ** tries, RETRY_MS_MAX);
    await world.pause(Math.max(answer.retryAfterMs, backoff * (0.5 + Math.random() / 2)));
  }
}

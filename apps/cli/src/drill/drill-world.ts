import type { Answer, FanClient } from "./drill-client.ts";
import type { DrillEvent } from "./drill-event.ts";
import type { Tally } from "./tally.ts";

/** What all fans of a drill share. */
export type DrillWorld = {
  readonly event: Pick<DrillEvent, "eventId" | "slug" | "index" | "prices">;
  /** Blocks that contested fans fight for. */
  readonly contested: readonly (readonly number[])[];
  /** The longest that a patient fan waits before the next look at the map. */
  readonly lookAgainMaxMs: number;
  readonly tally: Tally;
  /** Milliseconds since the doors opened. */
  readonly nowMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
};
export type Cart = Extract<Awaited<ReturnType<FanClient["hold"]>>, { ok: true }>["value"];

const RETRIES_MAX = 8;
const RETRY_MS = 250;
const RETRY_MS_MAX = 3_000;

/** Asks again, with the same key, while the answer is "later" or none at all. */
export async function asking<T>(world: DrillWorld, send: () => Promise<Answer<T>>): Promise<Answer<T>> {
  for (let tries = 0; ; tries += 1) {
    const answer = await send();
    if (answer.ok || !answer.transient || tries >= RETRIES_MAX) return answer;
    const backoff = Math.min(RETRY_MS * 2 ** tries, RETRY_MS_MAX);
    await world.pause(Math.max(answer.retryAfterMs, backoff * (0.5 + Math.random() / 2)));
  }
}

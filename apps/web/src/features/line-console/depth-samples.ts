import { z } from "zod";

export const DepthSample = z.object({ atMs: z.number(), waiting: z.number(), inside: z.number() });
export type DepthSample = z.infer<typeof DepthSample>;

/** Ten minutes, one each second. */
export const SAMPLES_MAX = 600;

/** Adds what one document said; the same document again adds nothing, and one that is older starts over. */
export function withSample(samples: readonly DepthSample[], next: DepthSample): readonly DepthSample[] {
  const last = samples.at(-1);
  if (last && next.atMs === last.atMs) return samples;
  if (last && next.atMs < last.atMs) return [next];
  return [...samples.slice(-(SAMPLES_MAX - 1)), next];
}

/** What a tab kept over a reload; nothing when it cannot be read. */
export function readSamples(text: string | null): readonly DepthSample[] {
  if (text === null) return [];
  try {
    return z.array(DepthSample).max(SAMPLES_MAX).safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}

/** As many as the chart and the first page of the table show. */
export const WAVES_KEPT = 240;

/** Newest first, each once; what the newer answer says of a wave stands. */
export function mergeWaves<Wave extends { readonly seq: number }>(
  known: readonly Wave[],
  came: readonly Wave[],
): readonly Wave[] {
  const bySeq = new Map(known.map((wave) => [wave.seq, wave]));
  for (const wave of came) bySeq.set(wave.seq, wave);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, WAVES_KEPT);
}

/** Whether the newer answer reaches back to what is known, so that no wave is missing between them. */
export function isConnected(
  known: readonly { readonly seq: number }[],
  came: readonly { readonly seq: number }[],
): boolean {
  const [newest, oldest] = [known[0], came.at(-1)];
  return oldest === undefined || (newest !== undefined && oldest.seq <= newest.seq + 1) || oldest.seq === 1;
}

/** What a screen reader was last told, and when. */
export type Said = { readonly key: string; readonly text: string; readonly atMs: number };

/** Figures move each second; hearing them more often than this would be noise. */
const SAY_EVERY_MS = 30_000;

/**
 * What is said next: a new kind of news (`key`) at once, new figures at most every half minute, the same words never
 * twice in a row.
 */
export function nextSaid(said: Said | null, news: { key: string; text: string }, atMs: number): Said {
  if (!said || said.key !== news.key) return { ...news, atMs };
  if (said.text === news.text || atMs - said.atMs < SAY_EVERY_MS) return said;
  return { ...news, atMs };
}

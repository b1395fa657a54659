/**
 * What tells each name apart where the whole of it has no room: "Block 112" among blocks is "112". A last word that two
 * names share, or that is long itself, shortens nothing.
 */
export function shortNames(names: readonly string[]): readonly string[] {
  const lasts = names.map((name) => name.trim().split(/\s+/).at(-1) ?? name);
  const counts = new Map<string, number>();
  for (const last of lasts) counts.set(last, (counts.get(last) ?? 0) + 1);
  return names.map((name, index) => {
    const last = lasts[index] ?? name;
    return counts.get(last) === 1 && isMark(last) ? last : name;
  });
}

/** A number, a letter, or both: what people find a block by. A word would be half of a name. */
const isMark = (word: string) => word.length <= 4 && (/\d/.test(word) || word.length === 1);

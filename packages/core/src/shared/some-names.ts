/** The first names of a list, and how many more there are: what is told of a file is bounded, whatever is in it. */
export type SomeNames = { readonly names: readonly string[]; readonly more: number };

const NAMES_TOLD_MAX = 12;
const NAME_CHARACTERS_MAX = 40;

export function someNames(all: readonly string[]): SomeNames {
  const names = all.slice(0, NAMES_TOLD_MAX).map((name) => shortName(name.trim(), NAME_CHARACTERS_MAX));
  return { names, more: all.length - names.length };
}

/** A text of somebody's file, short enough to be told; what is cut off is marked. */
export const shortName = (text: string, max: number): string =>
  text.length > max ? `${text.slice(0, max - 1)}…` : text;

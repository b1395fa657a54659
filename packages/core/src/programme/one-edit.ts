/** Shorter words have too many neighbours for a guess to help. */
const GUESS_FROM_CHARACTERS = 4;

/** Whether a slip of a finger turns one into the other: a letter too many, too few, another, or two swapped. */
export function isOneEdit(typed: string, word: string): boolean {
  if (typed.length < GUESS_FROM_CHARACTERS || Math.abs(typed.length - word.length) > 1) return false;
  // Numbers are meant as they are: a gala of 2026 is not one of 2027.
  if (/\p{N}/u.test(typed)) return false;
  let start = 0;
  while (start < typed.length && typed[start] === word[start]) start += 1;
  const a = typed.slice(start);
  const b = word.slice(start);
  if (a.length === b.length) return a.slice(1) === b.slice(1) || isSwap(a, b);
  return a.length > b.length ? a.slice(1) === b : a === b.slice(1);
}

function isSwap(a: string, b: string): boolean {
  return a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
}

/** A form as it was loaded, as somebody typed in it, and as it stands there now. */
type Sides<T> = { readonly base: T; readonly mine: T; readonly theirs: T };

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Theirs, with what I typed on top: of a field that only they changed, theirs is kept. */
export function mergeForms<T extends object>({ base, mine, theirs }: Sides<T>): T {
  const fields = Object.keys(mine) as (keyof T)[];
  const typed = fields.filter((field) => !same(mine[field], base[field]));
  return { ...theirs, ...Object.fromEntries(typed.map((field) => [field, mine[field]])) };
}

/** Fields that both changed, to different things. */
export function clashes<T extends object>({ base, mine, theirs }: Sides<T>): (keyof T)[] {
  return (Object.keys(mine) as (keyof T)[]).filter(
    (field) =>
      !same(mine[field], base[field]) &&
      !same(theirs[field], base[field]) &&
      !same(mine[field], theirs[field]),
  );
}

export const isSameForm = same;

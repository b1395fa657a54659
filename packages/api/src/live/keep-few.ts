import { makeBoundedMap } from "@onsale/core/shared/bounded-map";

/**
 * The last few results of long work, by name. Who asks while it is under way waits for the same; different pieces are
 * done one after the other, so that no choice of names makes this process do two at once. What fails is not kept and
 * takes no place of what is.
 */
export function keepFew<Name, Result>(
  keptMax: number,
  make: (name: Name) => Promise<Result>,
): (name: Name) => Promise<Result> {
  const kept = makeBoundedMap<Name, Result>(keptMax);
  const making = new Map<Name, Promise<Result>>();
  let before: Promise<unknown> = Promise.resolve();

  async function inTurn(name: Name, turn: Promise<unknown>): Promise<Result> {
    try {
      await turn;
      const result = await make(name);
      kept.set(name, result);
      return result;
    } finally {
      making.delete(name);
    }
  }

  return async (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const under = making.get(name);
    if (under) return under;
    const work = inTurn(name, before);
    making.set(name, work);
    before = work.catch(() => undefined);
    return work;
  };
}

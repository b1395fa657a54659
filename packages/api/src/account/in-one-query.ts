/** More ids than this in one statement gain nothing. */
const IDS_MAX = 500;

/**
 * Looks things up by id, all that are asked for in one turn of the event loop with one query: when a thousand fans come back
 * in the same second, their sessions cost the database a handful of statements.
 */
export function inOneQuery<Id extends string, T>(
  findMany: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, T>>,
): (id: Id) => Promise<T | null> {
  let waiting: Id[] = [];
  let batch: Promise<ReadonlyMap<Id, T>> | null = null;

  function open(): Promise<ReadonlyMap<Id, T>> {
    const ids: Id[] = [];
    waiting = ids;
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      if (waiting === ids) batch = null;
      return findMany([...new Set(ids)]);
    });
  }

  return async (id) => {
    if (waiting.length >= IDS_MAX) batch = null;
    batch ??= open();
    waiting.push(id);
    return (await batch).get(id) ?? null;
  };
}

/** Work that was begun and is not waited for, up to a number; nobody hears of how it ends here. */
export function makeUnderWay(max: number) {
  const all = new Set<Promise<unknown>>();

  async function follow(work: Promise<unknown>): Promise<void> {
    all.add(work);
    await Promise.allSettled([work]);
    all.delete(work);
  }
  return {
    add: (work: Promise<unknown>): void => void follow(work),
    isFull: (): boolean => all.size >= max,
    /** When one of them is done. */
    room: async (): Promise<void> =>
      void (await Promise.race([...all].map((work) => Promise.allSettled([work])))),
    /** When all of them are, and those that began meanwhile. */
    idle: async (): Promise<void> => {
      while (all.size > 0) await Promise.allSettled(all);
    },
  };
}

/** At most so many requests under way; who comes later waits in line. */
export type Slots = {
  readonly take: () => Promise<void>;
  readonly give: () => void;
};

export function makeSlots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  let head = 0;
  return {
    take() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    give() {
      const next = waiting[head];
      if (!next) {
        free += 1;
        return;
      }
      head += 1;
      // Shifting a long array for every request would cost more than the request.
      if (head > 1_000) head -= waiting.splice(0, head).length;
      next();
    },
  };
}

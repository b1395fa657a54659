/** Work at once, and work that waits, over all lanes. */
export type FairQueueMax = { readonly running: number; readonly waiting: number };

/** Ends a turn; the second call does nothing. */
export type EndTurn = () => void;

type Waiting = { readonly settle: (answer: EndTurn | "full" | "gone") => void };

/**
 * A queue with a lane per address. Lanes take turns, so an address that asks for a thousand pages waits for its own
 * thousand, and everybody else for at most one turn of each lane that is in the queue. Nobody is refused for being many:
 * a lane may be as long as there is room. When there is none, the last of the longest lane goes, never the newcomer of
 * a short one.
 */
export function makeFairQueue(max: FairQueueMax) {
  /** The order of the map is the order of turns: a lane that had its turn goes to the end. */
  const lanes = new Map<string, Set<Waiting>>();
  let running = 0;
  let waiting = 0;

  function takeOut(lane: string, one: Waiting): boolean {
    const line = lanes.get(lane);
    if (!line?.delete(one)) return false;
    waiting -= 1;
    if (line.size === 0) lanes.delete(lane);
    return true;
  }

  function endOf(): EndTurn {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      running -= 1;
      startNext();
    };
  }

  function startNext(): void {
    for (const [lane, line] of lanes) {
      if (running >= max.running) return;
      const [first] = line;
      if (first === undefined) continue;
      takeOut(lane, first);
      if (lanes.delete(lane)) lanes.set(lane, line);
      running += 1;
      first.settle(endOf());
    }
  }

  /** Makes room for one more in `lane`; false: that lane is the longest itself. */
  function makeRoom(lane: string): boolean {
    if (waiting < max.waiting) return true;
    let longest = { lane, line: lanes.get(lane) };
    for (const [name, line] of lanes)
      if (line.size > (longest.line?.size ?? 0)) longest = { lane: name, line };
    const last = longest.lane === lane ? undefined : [...(longest.line ?? [])].at(-1);
    if (last === undefined) return false;
    takeOut(longest.lane, last);
    last.settle("full");
    return true;
  }

  return {
    /** Waits for a turn. "full": there is no room; "gone": whoever asked has left (`left`) before it came. */
    enter(lane: string, left?: AbortSignal): Promise<EndTurn | "full" | "gone"> {
      return new Promise((resolve) => {
        if (left?.aborted) return resolve("gone");
        if (running < max.running && waiting === 0) {
          running += 1;
          return resolve(endOf());
        }
        if (!makeRoom(lane)) return resolve("full");
        const leave = () => takeOut(lane, one) && resolve("gone");
        const one: Waiting = {
          settle(answer) {
            left?.removeEventListener("abort", leave);
            resolve(answer);
          },
        };
        left?.addEventListener("abort", leave, { once: true });
        lanes.set(lane, (lanes.get(lane) ?? new Set()).add(one));
        waiting += 1;
      });
    },
  };
}
export type FairQueue = ReturnType<typeof makeFairQueue>;

import { drawOrderInSteps } from "./draw.ts";
import { withPauses } from "./in-steps.ts";
import { LINE_CLOCK, type LineId, type LineRecord } from "./line.ts";
import type { LineStore } from "./line-store.ts";
import { makeMerkleTreeInSteps } from "./merkle.ts";

export type DrawRunnerDeps = {
  readonly store: LineStore;
  readonly breathe: () => Promise<void>;
  readonly onError: (error: unknown, lineId: LineId) => void;
};

const ENTRIES_PER_PAGE = 20_000;
const NUMBERS_PER_WRITE = 5_000;

/**
 * Makes the draw of a line whose lobby has closed: first the root of the entries is published; then, in a later round
 * and once the named public value is there, the entries get their numbers. Everything is a function of facts that no
 * longer change, so a draw that was cut off is made again with the same end.
 */
export function makeDrawRunner({ store, breathe, onError }: DrawRunnerDeps) {
  const running = new Map<LineId, Promise<void>>();

  async function draw(line: LineRecord): Promise<void> {
    const waitsForValue = line.publicValueSource !== null && line.publicValue === null;
    if (line.entriesRoot !== null && waitsForValue) return;
    const entries = await allEntries(line.id);
    if (line.entriesRoot === null) {
      const { root } = await withPauses(makeMerkleTreeInSteps(entries), breathe);
      await store.setEntriesRoot(LINE_CLOCK, { lineId: line.id, entriesRoot: root });
      return;
    }
    const seed = await store.seedForDraw(line.id);
    if (seed === null) throw new Error(`line ${line.id} is to be drawn and has no seed`);
    const ordered = await withPauses(
      drawOrderInSteps({ seed, publicValue: line.publicValue, entries }),
      breathe,
    );
    for (let at = 0; at < ordered.length; at += NUMBERS_PER_WRITE) {
      const page = ordered.slice(at, at + NUMBERS_PER_WRITE);
      await store.numberEntries({ lineId: line.id, first: at + 1, entries: page });
    }
    await store.finishDraw(LINE_CLOCK, line.id);
  }

  async function allEntries(lineId: LineId): Promise<string[]> {
    const all: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await store.drawEntries({ lineId, after, limit: ENTRIES_PER_PAGE });
      for (const entry of page) all.push(entry);
      after = page.at(-1) ?? null;
      if (page.length < ENTRIES_PER_PAGE) return all;
      await breathe();
    }
  }

  return {
    /** Starts the draw unless it runs already; other lines are served meanwhile. */
    run(line: LineRecord): Promise<void> {
      const known = running.get(line.id);
      if (known) return known;
      const drawing = draw(line)
        .catch((error: unknown) => onError(error, line.id))
        .finally(() => running.delete(line.id));
      running.set(line.id, drawing);
      return drawing;
    },
    idle: async () => void (await Promise.allSettled(running.values())),
  };
}

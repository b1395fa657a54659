import type { DrawFile } from "@onsale/core/line/draw-file";
import { makeMerkleTreeInSteps, verifyInclusion } from "@onsale/core/line/merkle";
import { type DrawQuestion, type DrawVerdict, verifyDrawWithPauses } from "@onsale/core/line/verify-draw";

/** What was checked, with the figures of the file itself. */
export type DrawReport = {
  readonly verdict: DrawVerdict;
  readonly file: Omit<DrawFile, "entries"> | null;
  readonly entries: number;
  /** The asked entry's way up to the root; null when none was asked or it did not take part. */
  readonly inclusion: {
    readonly index: number;
    readonly path: readonly string[];
    readonly holds: boolean;
  } | null;
};

/**
 * The whole check of a file's text, with a pause now and then so that the page stays alive. `seen`: what the line's own
 * document says was published before the draw.
 */
export async function checkDraw(
  text: string,
  { seen, entry }: { seen: Pick<DrawQuestion, "commitment" | "entriesRoot">; entry: string | null },
  pause: (doneShare: number) => Promise<void>,
): Promise<DrawReport> {
  const file = parsed(text);
  const verdict = await verifyDrawWithPauses(file, { ...seen, ...(entry ? { entry } : {}) }, pause);
  if (verdict.kind === "refused" && verdict.why !== "not_in_draw")
    return { verdict, file: null, entries: 0, inclusion: null };
  const { entries, ...head } = provenFile(file);
  return {
    verdict,
    file: head,
    entries: entries.length,
    inclusion: entry ? await inclusionOf({ entries, root: head.entriesRoot }, entry, pause) : null,
  };
}

async function inclusionOf(
  { entries, root }: { entries: readonly string[]; root: string },
  entry: string,
  pause: (doneShare: number) => Promise<void>,
): Promise<DrawReport["inclusion"]> {
  const steps = makeMerkleTreeInSteps([...entries].sort());
  for (;;) {
    const step = steps.next();
    if (step.done) {
      const proof = step.value.pathOf(entry);
      return proof && { ...proof, holds: verifyInclusion({ entry, ...proof, size: entries.length, root }) };
    }
    // One pause after another is the purpose.
    // oxlint-disable-next-line no-await-in-loop
    await pause(1);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Only called once the verdict has read every field of it. */
function provenFile(file: unknown): DrawFile {
  return file as DrawFile;
}

import type { Container } from "@onsale/api/compose/container";
import type { DrawCheck } from "@onsale/core/drill/line-report";
import type { LineId, LineRecord } from "@onsale/core/line/line";
import { verifyInclusion } from "@onsale/core/line/merkle";
import { drawFilePath } from "@onsale/core/line/line-paths";
import { verifyDraw } from "@onsale/core/line/verify-draw";
import { DRAW_FAULTS_EN } from "../words/en-faults.ts";

/** The published draw, as it was served, and whether it holds. */
export type CheckedDraw = { readonly check: DrawCheck; readonly text: string };

const PROOFS = 3;

/**
 * Fetches the draw as anybody would and recomputes it from the file alone, against the commitment and the root that
 * stood in the public document before the draw. null: there was no draw.
 */
export async function checkDraw(
  { lines }: Pick<Container, "lines">,
  lineId: LineId,
  { url, seen }: { url: string; seen: { commitment: string | null; entriesRoot: string | null } },
): Promise<CheckedDraw | null> {
  const line = await lines.find(lineId);
  if (line?.drawn === null || line?.drawn === undefined || line.seed === null) return null;
  const answer = await fetch(`${url}${drawFilePath(lineId)}`);
  const text = await answer.text();
  const base = {
    file: "draw.json",
    entries: line.drawn,
    commitment: line.commitment ?? "",
    entriesRoot: line.entriesRoot ?? "",
  } as const;
  if (!answer.ok) {
    const problem = `the server answered ${answer.status}`;
    return { text, check: { ...base, verified: false, problem, proofs: 0 } };
  }
  const file: unknown = JSON.parse(text);
  const verdict = verifyDraw(file, {
    ...(seen.commitment === null ? {} : { commitment: seen.commitment }),
    ...(seen.entriesRoot === null ? {} : { entriesRoot: seen.entriesRoot }),
  });
  if (verdict.kind === "refused")
    return { text, check: { ...base, verified: false, problem: DRAW_FAULTS_EN[verdict.why], proofs: 0 } };
  const { proofs, problem } = await checkProofs(line, { url, entries: entriesIn(file) });
  return { text, check: { ...base, verified: problem === null, problem, proofs } };
}

const Proof = (value: unknown) =>
  (
    value as {
      result?: { data?: { entry: string; index: number; size: number; path: string[]; root: string } };
    }
  ).result?.data;

/** The inclusion paths of the first, the middle and the last of the drawn. */
async function checkProofs(
  line: LineRecord,
  { url, entries }: { url: string; entries: readonly string[] },
): Promise<{ proofs: number; problem: string | null }> {
  const asked = [...new Set([0, Math.floor(entries.length / 2), entries.length - 1])]
    .flatMap((at) => entries[at] ?? [])
    .slice(0, PROOFS);
  for (const [done, entry] of asked.entries()) {
    const input = encodeURIComponent(JSON.stringify({ lineId: line.id, entry }));
    const answer = await fetch(`${url}/api/trpc/line.proof?input=${input}`);
    const proof = Proof(await answer.json());
    const holds = proof?.entry === entry && proof.root === line.entriesRoot && verifyInclusion(proof);
    if (!holds) return { proofs: done, problem: `the inclusion path of ${entry} does not hold` };
  }
  return { proofs: asked.length, problem: null };
}

function entriesIn(file: unknown): readonly string[] {
  return (file as { entries: string[] }).entries;
}

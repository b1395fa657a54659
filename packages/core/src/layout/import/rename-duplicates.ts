import { labelIdentity } from "../../shared/label.ts";
import { takeFree } from "../layout-key.ts";
import type { Draft, DraftRun, DraftSection } from "./draft.ts";
import type { Renaming } from "./import-result.ts";

/**
 * Makes labels unique, changing as little as a usher would have to learn: a second section "A" becomes "A-2"; a second
 * row "A" whose seat numbers clash with the first becomes row "A-2" and keeps its numbers; only a number that repeats
 * within one row is changed itself. What the file wrote first keeps its label. Works on the draft in place.
 */
export function renameDuplicates(draft: Draft): Renaming[] {
  const renamed: Renaming[] = [];
  const taken = new Map<string, Set<string>>();
  for (const section of draft.sections) addAll(taken, floorOf(section), labelIdentity(section.label));
  const seen = new Map<string, Set<string>>();
  for (const section of draft.sections) {
    const floor = floorOf(section);
    const used = seen.get(floor) ?? new Set<string>();
    seen.set(floor, used);
    if (used.has(labelIdentity(section.label))) {
      const to = takeFree(labelIdentity(section.label), taken.get(floor) ?? new Set());
      renamed.push({ kind: "section", path: section.source, from: section.label, to });
      section.label = to;
    }
    used.add(labelIdentity(section.label));
    for (const renaming of [...renameSeats(section), ...renameRuns(section)]) renamed.push(renaming);
  }
  return renamed;
}

function addAll(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set.add(value));
}

const floorOf = (section: DraftSection): string => labelIdentity(section.floor ?? "");

function renameRuns(section: DraftSection): Renaming[] {
  const renamed: Renaming[] = [];
  const keyOf = (run: DraftRun): string => `${run.kind} ${labelIdentity(run.label)}`;
  const taken = new Set(section.runs.map(keyOf));
  const seatsOf = new Map<string, Set<string>>();
  for (const run of section.runs) {
    const known = seatsOf.get(keyOf(run));
    if (known !== undefined && run.seats.some((seat) => known.has(labelIdentity(seat.label)))) {
      const to = takeFree(keyOf(run), taken).slice(run.kind.length + 1);
      renamed.push({ kind: run.kind, path: run.source, from: run.label, to });
      run.label = to;
    }
    for (const seat of run.seats) addAll(seatsOf, keyOf(run), labelIdentity(seat.label));
  }
  return renamed;
}

function renameSeats(section: DraftSection): Renaming[] {
  const renamed: Renaming[] = [];
  for (const run of section.runs) {
    const taken = new Set(run.seats.map((seat) => labelIdentity(seat.label)));
    if (taken.size === run.seats.length) continue;
    const used = new Set<string>();
    for (const seat of run.seats) {
      if (used.has(labelIdentity(seat.label))) {
        const to = takeFree(labelIdentity(seat.label), taken);
        renamed.push({ kind: "seat", path: seat.source, from: seat.label, to });
        seat.label = to;
      }
      used.add(labelIdentity(seat.label));
    }
  }
  return renamed;
}

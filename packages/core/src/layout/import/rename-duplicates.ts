import { takeFree } from "../layout-key.ts";
import type { Draft, DraftSection } from "./draft.ts";
import type { Renaming } from "./import-result.ts";

/**
 * Makes labels unique, changing as little as a usher would have to learn: a second section "A" becomes "A-2"; a second
 * row "A" whose seat numbers clash with the first becomes row "A-2" and keeps its numbers; only a number that repeats
 * within one row is changed itself. What the file wrote first keeps its label. Works on the draft in place.
 */
export function renameDuplicates(draft: Draft): Renaming[] {
  const renamed: Renaming[] = [];
  const taken = new Map<string, Set<string>>();
  for (const section of draft.sections) addAll(taken, section.floor ?? "", section.label);
  const seen = new Map<string, Set<string>>();
  for (const section of draft.sections) {
    const floor = section.floor ?? "";
    const used = seen.get(floor) ?? new Set<string>();
    seen.set(floor, used);
    if (used.has(section.label)) {
      const to = takeFree(section.label, taken.get(floor) ?? new Set());
      renamed.push({ kind: "section", path: section.source, from: section.label, to });
      section.label = to;
    }
    used.add(section.label);
    renamed.push(...renameSeats(section), ...renameRuns(section));
  }
  return renamed;
}

function addAll(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set<string>();
  sets.set(key, set.add(value));
}

function renameRuns(section: DraftSection): Renaming[] {
  const renamed: Renaming[] = [];
  const taken = new Set(section.runs.map((run) => `${run.kind} ${run.label}`));
  const seatsOf = new Map<string, Set<string>>();
  for (const run of section.runs) {
    const known = seatsOf.get(`${run.kind} ${run.label}`);
    if (known !== undefined && run.seats.some((seat) => known.has(seat.label))) {
      const to = takeFree(`${run.kind} ${run.label}`, taken).slice(run.kind.length + 1);
      renamed.push({ kind: run.kind, path: run.source, from: run.label, to });
      run.label = to;
    }
    const key = `${run.kind} ${run.label}`;
    for (const seat of run.seats) addAll(seatsOf, key, seat.label);
  }
  return renamed;
}

function renameSeats(section: DraftSection): Renaming[] {
  const renamed: Renaming[] = [];
  for (const run of section.runs) {
    const taken = new Set(run.seats.map((seat) => seat.label));
    if (taken.size === run.seats.length) continue;
    const used = new Set<string>();
    for (const seat of run.seats) {
      if (used.has(seat.label)) {
        const to = takeFree(seat.label, taken);
        renamed.push({ kind: "seat", path: seat.source, from: seat.label, to });
        seat.label = to;
      }
      used.add(seat.label);
    }
  }
  return renamed;
}

import { rowShape } from "../coincident-seats.ts";
import { countLayout, NO_COUNTS } from "../describe-layout.ts";
import { labelIdentity } from "../../shared/label.ts";
import { keyPart, takeFree } from "../layout-key.ts";
import type { NamePlace } from "../layout-place.ts";
import { LayoutDocument, type Category, type Seat, type Section } from "../layout.ts";
import { jsonPath, problemOfIssue } from "../parse-layout.ts";
import type { Problem } from "../../shared/problem.ts";
import { findProblems } from "../validate-layout.ts";
import { tooMuchDraft } from "./count-first.ts";
import { makePartnerFinder } from "./companions.ts";
import type { Draft, DraftRun, DraftSeat, DraftSection } from "./draft.ts";
import type { LayoutFormat } from "../../shared/layout-problems.ts";
import type { ImportOptions, ImportResult } from "./import-result.ts";
import { renameDuplicates } from "./rename-duplicates.ts";

type Ids = { readonly categories: ReadonlyMap<string, string>; readonly seats: Map<DraftSeat, string> };

/** Names, numbers and judges a draft. Ids come from labels alone, so the same file gives the same ids again. */
export function finishDraft(draft: Draft, format: LayoutFormat, options: ImportOptions): ImportResult {
  const tooMuch = tooMuchDraft(draft);
  if (tooMuch.length > 0) return refusedByCount(draft, format, tooMuch);
  for (const section of draft.sections)
    section.runs.sort((a, b) => Number(a.kind === "table") - Number(b.kind === "table"));
  const renamed = options.renameDuplicates ? renameDuplicates(draft) : [];
  const layout = buildLayout(draft, options);
  const nameOf = draftPlaces(draft);
  const found = [...draft.problems, ...findProblems(layout, nameOf)];
  const counts = countLayout(layout);
  const parsed = LayoutDocument.safeParse(layout);
  const problems = parsed.success ? found : [...found, ...shapeProblems(parsed.error.issues, nameOf, found)];
  const ok = problems.length === 0 && parsed.success;
  return { ok, format, layout: ok ? parsed.data : null, counts, problems, renamed, notes: draft.notes };
}

function refusedByCount(draft: Draft, format: LayoutFormat, tooMuch: readonly Problem[]): ImportResult {
  const runs = draft.sections.flatMap((section) => section.runs);
  const counts = {
    ...NO_COUNTS,
    seats: runs.reduce((sum, run) => sum + run.seats.length, 0),
    sections: draft.sections.length,
    rows: runs.length,
    categories: draft.categories.length,
  };
  const problems = [...draft.problems, ...tooMuch];
  return { ok: false, format, layout: null, counts, problems, renamed: [], notes: draft.notes };
}

function buildLayout(draft: Draft, options: ImportOptions): LayoutDocument {
  const takenCategories = new Set<string>();
  const categories: Category[] = [];
  const categoryKeys = new Map<string, string>();
  for (const { sourceKey, label, color } of draft.categories) {
    // A repeated key keeps its place, so that validation can name it.
    const key =
      categoryKeys.get(sourceKey) ?? takeFree(keyPart(label === "" ? sourceKey : label), takenCategories);
    categoryKeys.set(sourceKey, key);
    categories.push({ key, label, ...(color === undefined ? {} : { color }) });
  }
  const sectionKeys = nameSections(draft.sections);
  const ids: Ids = { categories: categoryKeys, seats: new Map() };
  draft.sections.forEach((section, index) => nameSeats(section, sectionKeys[index] ?? "0", ids));
  return {
    format: "onsale-layout",
    version: 1,
    name: (options.name ?? draft.name).trim().slice(0, 80) || "Imported layout",
    categories,
    focalPoint: draft.focalPoint ?? topCentre(draft),
    sections: draft.sections.map((section, index) => buildSection(section, sectionKeys[index] ?? "0", ids)),
    shapes: draft.shapes,
    texts: draft.texts,
  };
}

/** Keys are labels; a label that comes back on another floor gets the floor before it. True doubles stay doubles. */
function nameSections(sections: readonly DraftSection[]): string[] {
  const floors = new Map<string, Set<string>>();
  for (const { label, floor } of sections) {
    const set = floors.get(labelIdentity(label)) ?? new Set<string>();
    floors.set(labelIdentity(label), set.add(labelIdentity(floor ?? "")));
  }
  const byIdentity = new Map<string, string>();
  const taken = new Set<string>();
  return sections.map(({ label, floor }) => {
    const onFloors = (floors.get(labelIdentity(label))?.size ?? 0) > 1 && floor !== undefined;
    const identity = `${labelIdentity(floor ?? "")}\n${labelIdentity(label)}`;
    const wanted = onFloors ? `${keyPart(floor)}/${keyPart(label)}` : keyPart(label);
    const key = byIdentity.get(identity) ?? takeFree(wanted, taken);
    byIdentity.set(identity, key);
    return key;
  });
}

/** "section/row/seat". Labels that only differ in signs an id cannot carry are told apart by "-2". */
function nameSeats(section: DraftSection, sectionKey: string, ids: Ids): void {
  const runKeys = new Map<string, string>();
  const takenRuns = new Set<string>();
  const seatKeys = new Map<string, string>();
  const taken = new Set<string>();
  for (const run of section.runs) {
    const identity = `${run.kind} ${labelIdentity(run.label)}`;
    const runKey = runKeys.get(identity) ?? takeFree(keyPart(run.label), takenRuns);
    runKeys.set(identity, runKey);
    for (const seat of run.seats) {
      const seatIdentity = `${identity}\n${labelIdentity(seat.label)}`;
      const id =
        seatKeys.get(seatIdentity) ?? takeFree(`${sectionKey}/${runKey}/${keyPart(seat.label)}`, taken);
      seatKeys.set(seatIdentity, id);
      ids.seats.set(seat, id);
    }
  }
}

function buildSection(section: DraftSection, key: string, ids: Ids): Section {
  const base = {
    key,
    label: section.label,
    ...(section.floor === undefined ? {} : { floor: section.floor }),
    ...(section.category === undefined ? {} : { category: categoryKey(section.category, ids) }),
    ...(section.outline === undefined ? {} : { outline: section.outline }),
    ...(section.focalPoint === undefined ? {} : { focalPoint: section.focalPoint }),
    ...(section.entrance === undefined ? {} : { entrance: section.entrance }),
  };
  if (section.capacity !== undefined) return { kind: "ga", ...base, capacity: section.capacity };
  const partnerOf = makePartnerFinder(section);
  const seatsOf = (run: DraftRun): Seat[] =>
    run.seats.map((seat) => buildSeat(seat, ids, partnerOf(seat, run)));
  const rows = section.runs.filter((run) => run.kind === "row");
  const tables = section.runs.filter((run) => run.kind === "table");
  return {
    kind: "seated",
    ...base,
    rows: rows.map((run) => ({ label: run.label, shape: rowShape(run.seats), seats: seatsOf(run) })),
    tables: tables.map((run) => ({
      label: run.label,
      ...(run.table ?? { x: run.seats[0]?.x ?? 0, y: run.seats[0]?.y ?? 0, shape: "round" as const }),
      seats: seatsOf(run),
    })),
  };
}

function buildSeat(seat: DraftSeat, ids: Ids, partner: DraftSeat | null | undefined): Seat {
  return {
    id: ids.seats.get(seat) ?? "0",
    label: seat.label,
    x: seat.x,
    y: seat.y,
    ...(seat.category === undefined ? {} : { category: categoryKey(seat.category, ids) }),
    ...(seat.accessible ? { accessible: true } : {}),
    ...(partner === undefined
      ? {}
      : { companionOf: partner === null ? "-" : (ids.seats.get(partner) ?? "-") }),
    ...(seat.restrictedView ? { restrictedView: true } : {}),
    ...(seat.house ? { house: true } : {}),
  };
}

/** An undeclared category keeps the file's own word, which validation then quotes. */
function categoryKey(sourceKey: string, ids: Ids): string {
  return ids.categories.get(sourceKey) ?? sourceKey;
}

function topCentre(draft: Draft): { x: number; y: number } {
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  for (const section of draft.sections) {
    for (const seat of section.runs.flatMap((run) => run.seats)) {
      // Seats without a sensible place are faults of their own.
      if (!(Math.abs(seat.x) <= 1e7) || !(Math.abs(seat.y) <= 1e7)) continue;
      left = Math.min(left, seat.x);
      right = Math.max(right, seat.x);
      top = Math.min(top, seat.y);
    }
  }
  return Number.isFinite(left + right + top) ? { x: (left + right) / 2, y: top } : { x: 0, y: 0 };
}

function draftPlaces(draft: Draft): NamePlace {
  return ({ list, index = -1, run, seat }) => {
    if (list === "categories") return draft.categories[index]?.source ?? list;
    if (list !== "sections") return index < 0 ? "" : `${list}[${index}]`;
    const section = draft.sections[index];
    const draftRun = run === undefined ? undefined : section?.runs[run];
    const draftSeat = seat === undefined ? undefined : draftRun?.seats[seat];
    return draftSeat?.source ?? draftRun?.source ?? section?.source ?? "";
  };
}

/** What only the schema sees (texts too long, numbers out of range), told at the file's places, once per place. */
function shapeProblems(
  issues: Parameters<typeof problemOfIssue>[0][],
  nameOf: NamePlace,
  known: readonly Problem[],
): Problem[] {
  const told = new Set(known.map((problem) => problem.path));
  const problems: Problem[] = [];
  for (const issue of issues) {
    const [list, index, runs, run, , seat] = issue.path;
    let path = jsonPath(issue.path);
    if (list === "sections" && typeof index === "number") {
      const inRun = typeof run === "number" && runs === "rows";
      path = nameOf({
        list,
        index,
        ...(inRun ? { run, ...(typeof seat === "number" ? { seat } : {}) } : {}),
      });
    }
    if (told.has(path)) continue;
    problems.push(problemOfIssue(issue, path));
  }
  return problems;
}

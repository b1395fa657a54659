import { problem } from "../../shared/problem.ts";
import { arrangeDraft, categoriesFrom, categoryKeyOf } from "./arrange-draft.ts";
import { type Draft, emptyDraft, type UnplacedRow, type UnplacedSection } from "./draft.ts";
import { asText, isRecord, type Json } from "./read-json.ts";
import { LAYOUT_SEATS_MAX } from "../layout.ts";
import { tooManyParts } from "./count-first.ts";
import { parseSeatRanges, RANGE_SEATS_MAX } from "./seat-ranges.ts";

/** Groups within groups are followed this far down; real files nest one or two levels. */
const DEPTH_MAX = 6;

/**
 * Rows with seat counts or ranges and no coordinates: objects or lists nested as the venue is (tribune > sector), where
 * a sector has `rows` of `{name, seats}`. What a sector stands in is its tribune and becomes its category.
 */
export function readRowRanges(json: unknown): Draft {
  const draft = emptyDraft(isRecord(json) ? asText(json["name"] ?? json["title"]) : "");
  const sections: UnplacedSection[] = [];
  walk(draft, sections, { value: json, path: "", group: "", key: "", depth: 0 });
  const tooMuch = tooManyParts(sections);
  if (tooMuch.length > 0) {
    draft.problems.push(...tooMuch);
    return draft;
  }
  const doubled = doubledLabels(sections);
  const named = sections.map((section) => ({
    ...section,
    // The same sector number in two tribunes are two sectors.
    label:
      doubled.has(section.label) && section.group !== ""
        ? `${section.group} ${section.label}`
        : section.label,
  }));
  draft.categories.push(
    ...categoriesFrom(
      named.map((section) => categoryOf(section.group)),
      () => "tribunes",
    ),
  );
  arrangeDraft(draft, named);
  return draft;
}

export function isRowRanges(json: unknown): boolean {
  return findSector(json, 0);
}

function findSector(value: unknown, depth: number): boolean {
  if (depth > DEPTH_MAX) return false;
  if (Array.isArray(value)) return value.slice(0, 50).some((item) => findSector(item, depth + 1));
  if (!isRecord(value)) return false;
  if (isSector(value)) return true;
  return Object.values(value)
    .slice(0, 200)
    .some((item) => findSector(item, depth + 1));
}

function isSector(value: Json): boolean {
  const rows = value["rows"];
  return (
    Array.isArray(rows) &&
    rows.some((row) => isRecord(row) && ["string", "number"].includes(typeof row["seats"]))
  );
}

type Node = {
  readonly value: unknown;
  readonly path: string;
  readonly group: string;
  readonly key: string;
  readonly depth: number;
};

function walk(draft: Draft, sections: UnplacedSection[], node: Node): void {
  const { value, path, group, key, depth } = node;
  if (depth > DEPTH_MAX) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) =>
      walk(draft, sections, { value: item, path: `${path}[${index}]`, group, key, depth: depth + 1 }),
    );
    return;
  }
  if (!isRecord(value)) return;
  const name = nameOf(value, key);
  if (Array.isArray(value["rows"])) {
    sections.push(readSector(draft, value, { label: name, group, path }));
    return;
  }
  const inner = depth === 0 ? "" : name;
  for (const [childKey, child] of Object.entries(value)) {
    const childPath = path === "" ? childKey : `${path}.${childKey}`;
    walk(draft, sections, {
      value: child,
      path: childPath,
      group: inner || group,
      key: childKey,
      depth: depth + 1,
    });
  }
}

/** A name, else what the key says after the kind of thing it is: "sector_12" is 12. Plain list names say nothing. */
function nameOf(value: Json, key: string): string {
  const own = asText(value["name"] ?? value["label"] ?? value["sector"] ?? value["id"]);
  if (own !== "") return own;
  if (/^(sectors?|sections?|blocks?|tribunes?|stands?|groups?|levels?)$/i.test(key)) return "";
  return key.replace(/^(sector|section|block|tribune|stand)[_ -]+/i, "");
}

function readSector(
  draft: Draft,
  value: Json,
  at: { label: string; group: string; path: string },
): UnplacedSection {
  const { label, group, path } = at;
  const rows: UnplacedRow[] = [];
  const list = Array.isArray(value["rows"]) ? value["rows"] : [];
  list.forEach((item: unknown, index) => {
    const source = `${path}.rows[${index}]`;
    const row = isRecord(item) ? item : {};
    const ranges = parseSeatRanges(asText(row["seats"]));
    const rowLabel = asText(row["name"] ?? row["label"] ?? row["row"] ?? row["number"]);
    if (!ranges.ok) {
      const details = { ...ranges.fault, row: rowLabel, section: label };
      draft.problems.push(problem("row.bad_seats", source, details));
    }
    const category = categoryKeyOf(categoryOf(group));
    draft.seatsRead += ranges.ok ? ranges.labels.length : 0;
    // One over is enough to be refused by; a short file can name a billion.
    if (draft.seatsRead > LAYOUT_SEATS_MAX + RANGE_SEATS_MAX) return;
    const seats = (ranges.ok ? ranges.labels : []).map((seat, at) => ({
      label: seat,
      category,
      source: `${source}.seats[${at}]`,
    }));
    // A row whose seats could not be read was reported as such; an empty row beside it would be the same fault twice.
    if (ranges.ok) rows.push({ label: rowLabel, seats, source });
  });
  return { label, group, rows, source: path };
}

function categoryOf(group: string): string {
  if (group === "") return "Standard";
  return group.charAt(0).toUpperCase() + group.slice(1);
}

function doubledLabels(sections: readonly UnplacedSection[]): Set<string> {
  const groups = new Map<string, Set<string>>();
  for (const { label, group } of sections) groups.set(label, (groups.get(label) ?? new Set()).add(group));
  return new Set([...groups].filter(([, set]) => set.size > 1).map(([label]) => label));
}

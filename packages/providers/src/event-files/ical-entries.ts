import { problem, type Problem } from "@onsale/core/shared/problem";
import { shortName } from "@onsale/core/shared/some-names";
import ICAL from "ical.js";
import type { Report } from "./event-draft.ts";
import type { IcalBlock } from "./ical-blocks.ts";
import { type IcalTime, timeOf } from "./ical-time.ts";
import { textOf } from "./ical-zones.ts";

/** A VEVENT with what tells it from others: its UID, which date of a series it is about, and how new it is. */
export type IcalEntry = {
  readonly component: ICAL.Component;
  readonly path: string;
  readonly title: string;
  readonly uid: string;
  readonly sequence: number;
  /** The date of a series that this entry replaces (RECURRENCE-ID). */
  readonly recurrence: IcalTime | null;
  /** Whether it replaces all dates from there on. */
  readonly isRanged: boolean;
  readonly isCancelled: boolean;
};

export function readEntries(blocks: readonly IcalBlock[], report: Report): IcalEntry[] {
  const entries = blocks.flatMap((block) => {
    const component = parseBlock(block, report.problems);
    return component ? [{ ...entryOf(component, `line ${block.line}`), text: block.text }] : [];
  });
  return newest(entries, report);
}

export function parseBlock(block: IcalBlock, problems: Problem[]): ICAL.Component | null {
  try {
    return new ICAL.Component(ICAL.parse(block.text));
  } catch (error) {
    problems.push(unreadable(`line ${block.line}`, error));
    return null;
  }
}

export function unreadable(path: string, error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return problem("event.unreadable", path, { reason: shortName(why, 200) });
}

function entryOf(component: ICAL.Component, path: string): IcalEntry {
  const sequence: unknown = component.getFirstProperty("sequence")?.toJSON()[3];
  const range = component.getFirstProperty("recurrence-id")?.getParameter("range");
  return {
    component,
    path,
    title: textOf(component, "summary"),
    uid: textOf(component, "uid"),
    sequence: Number.isSafeInteger(sequence) ? Math.max(0, Number(sequence)) : 0,
    recurrence: timeOf(component, "recurrence-id"),
    isRanged: String(range ?? "").toUpperCase() === "THISANDFUTURE",
    isCancelled: textOf(component, "status").toUpperCase() === "CANCELLED",
  };
}

/**
 * One entry for each UID and date: of several the one with the highest SEQUENCE, then the one changed last. The older
 * ones are named; two of which neither is newer are a fault, because either could be the one that is meant.
 */
function newest(entries: readonly (IcalEntry & { readonly text: string })[], report: Report): IcalEntry[] {
  const keyOf = ({ uid, path, recurrence }: IcalEntry) =>
    uid === "" ? path : `${uid}\n${recurrence === null ? "" : `${recurrence.tzid} ${recurrence.said}`}`;
  const kept = new Map<string, IcalEntry & { readonly text: string }>();
  for (const entry of entries) {
    const other = kept.get(keyOf(entry));
    const order = other ? compareAge(entry, other) : 1;
    if (order > 0 || (order === 0 && entry.text === other?.text)) kept.set(keyOf(entry), entry);
    if (!other) continue;
    if (order !== 0 || entry.text === other.text) {
      const [old, young] = order < 0 ? [entry, other] : [other, entry];
      const details = { title: old.title, by: young.path };
      report.warnings.push(problem("event.superseded", old.path, details));
    } else {
      const details = { title: entry.title, first: other.path };
      report.problems.push(problem("event.same_uid", entry.path, details));
    }
  }
  const taken = new Set(kept.values());
  return entries.filter((entry) => taken.has(entry));
}

function compareAge(a: IcalEntry, b: IcalEntry): number {
  if (a.sequence !== b.sequence) return a.sequence - b.sequence;
  const [left, right] = [changedAt(a), changedAt(b)];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Stamps are in UTC by the standard, so they compare as text. */
const changedAt = ({ component }: IcalEntry): string =>
  textOf(component, "last-modified") || textOf(component, "dtstamp");

import { labelIdentity } from "../../shared/label.ts";
import { categoryKeyOf } from "./arrange-draft.ts";
import type { Draft, DraftRun, DraftSeat, DraftSection } from "./draft.ts";

export type SeatLine = {
  readonly line: number;
  readonly section: string;
  readonly floor: string | undefined;
  readonly run: { readonly kind: "row" | "table"; readonly label: string };
  readonly seat: string;
  readonly category: string | undefined;
  readonly x: number;
  readonly y: number;
  readonly traits: Pick<DraftSeat, "accessible" | "restrictedView" | "house">;
  /** Id of the seat it accompanies, or a plain "yes". */
  readonly companionOf: string;
  readonly id: string;
};
export type AreaLine = {
  readonly line: number;
  readonly section: string;
  readonly floor: string | undefined;
  readonly category: string | undefined;
  readonly capacity: number;
};

/** Lines whose section looks the same stand in one section, so that a seat it has twice is seen. */
export function sectionKeyOf({ floor, section }: Pick<SeatLine, "floor" | "section">): string {
  return `${labelIdentity(floor ?? "")}\n${labelIdentity(section)}`;
}

/** A seat list with coordinates: sections, rows and seats in the file's order, every seat where the file says. */
export function placeSeatLines(draft: Draft, lines: readonly SeatLine[]): void {
  const sections = new Map<string, DraftSection>();
  const runs = new Map<string, DraftRun>();
  const byId = new Map<string, DraftSeat>();
  const companions: [DraftSeat, string][] = [];
  for (const line of lines) {
    const source = `line ${line.line}`;
    const sectionKey = sectionKeyOf(line);
    let section = sections.get(sectionKey);
    if (section === undefined) {
      section = { label: line.section, floor: line.floor, runs: [], source };
      sections.set(sectionKey, section);
      draft.sections.push(section);
    }
    const runKey = `${sectionKey}\n${line.run.kind} ${labelIdentity(line.run.label)}`;
    let run = runs.get(runKey);
    if (run === undefined) {
      run = { kind: line.run.kind, label: line.run.label, seats: [], source };
      runs.set(runKey, run);
      section.runs.push(run);
    }
    const seat: DraftSeat = {
      label: line.seat,
      x: line.x,
      y: line.y,
      category: line.category === undefined ? undefined : categoryKeyOf(line.category),
      ...line.traits,
      source,
    };
    run.seats.push(seat);
    if (line.id !== "") byId.set(line.id, seat);
    byId.set(`${line.section}/${line.run.label}/${line.seat}`, seat);
    if (isCompanion(line.companionOf)) companions.push([seat, line.companionOf]);
  }
  // After all seats are known: a companion may stand before the seat it accompanies.
  for (const [seat, id] of companions) {
    const partner = byId.get(id);
    if (partner === undefined) seat.companion = true;
    else seat.partner = partner;
  }
}

/** The cell names a seat or says yes; empty and "no" say no. */
export function isCompanion(cell: string): boolean {
  return cell !== "" && !/^(0|no|n|false|nein|non)$/i.test(cell);
}

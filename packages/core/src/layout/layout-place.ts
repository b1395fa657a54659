import type { LayoutDocument } from "./layout.ts";

/** A place in a layout document by indices; `run` counts rows first, then tables, as `seatRuns` does. */
export type LayoutPlace = {
  readonly list?: "categories" | "sections" | "shapes" | "texts";
  readonly index?: number;
  readonly run?: number;
  readonly seat?: number;
};
/** Names a place in words of whoever reads the problem: a JSON path of the document, or of the file it came from. */
export type NamePlace = (place: LayoutPlace) => string;

/** JSON paths of the document itself: "sections[2].rows[0].seats[5]". */
export function documentPath(layout: LayoutDocument): NamePlace {
  return ({ list, index, run, seat }) => {
    if (list === undefined) return "";
    if (index === undefined) return list;
    const base = `${list}[${index}]`;
    const section = list === "sections" ? layout.sections[index] : undefined;
    if (run === undefined || section?.kind !== "seated") return base;
    const rows = section.rows.length;
    const runPath = run < rows ? `${base}.rows[${run}]` : `${base}.tables[${run - rows}]`;
    return seat === undefined ? runPath : `${runPath}.seats[${seat}]`;
  };
}

import type { LayoutCounts } from "../describe-layout.ts";
import { asList, asNumber, asRecord } from "./read-json.ts";

/** Counts what a document of our own format holds although its shape is wrong somewhere. */
export function countUnparsed(json: unknown): LayoutCounts {
  const { sections, categories } = asRecord(json);
  const counts = { seats: 0, gaCapacity: 0, rows: 0, tables: 0 };
  for (const item of asList(sections)) {
    const section = asRecord(item);
    const capacity = asNumber(section["capacity"]);
    if (section["kind"] === "ga" && capacity > 0) counts.gaCapacity += capacity;
    const rows = asList(section["rows"]);
    const tables = asList(section["tables"]);
    counts.rows += rows.length;
    counts.tables += tables.length;
    for (const run of [...rows, ...tables]) counts.seats += asList(asRecord(run)["seats"]).length;
  }
  return { ...counts, sections: asList(sections).length, categories: asList(categories).length };
}

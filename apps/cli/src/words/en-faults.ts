import type { ErrorDetails } from "@onsale/core/shared/error-details";

/** What is wrong with a published draw, or with the path that leads from an entry to its root. */
export const DRAW_FAULTS_EN: Readonly<Record<ErrorDetails["draw.refused"]["why"], string>> = {
  not_a_draw: "This is not a draw file, or a field of it is missing or misspelt.",
  seed: "The seed is not the one that was committed to.",
  commitment: "The commitment is not the one that was published before the draw.",
  root_published: "The entries' root is not the one that was published before the draw.",
  entry_form: "An entry is not 32 hex digits.",
  entry_twice: "An entry stands in the draw twice.",
  order: "The entries are not in the order that the seed gives.",
  root: "The entries are not those of the published root.",
  not_in_draw: "This entry did not take part in the draw.",
  not_a_path: "This is no inclusion path: it needs entry, index, size, path and root.",
  path: "The path does not lead from this entry to its root.",
  path_root: "The path leads to another root than the published one.",
  path_size: "The path is of a tree with another number of entries.",
  path_entry: "The path is that of another entry.",
  path_number: "The entry has another number in the draw than the path says.",
};

/** What is wrong with a signed report of a drill. */
export const REPORT_FAULTS_EN: Readonly<Record<ErrorDetails["report.refused"]["why"], string>> = {
  not_json: "This is no JSON.",
  not_a_report: "This is no signed report of a drill, or not of this version.",
  spelling: "The file is not spelt as a report is written: a name stands twice, or a value in another form.",
  signature:
    "The signature does not fit: the report was altered after it was signed, or signed with another key.",
  key: "The report was signed with another key than the one that was asked for.",
  totals: "Figures of the report contradict each other.",
  no_draw: "The report tells of no draw.",
  draw: "The draw is another one than the report's.",
};

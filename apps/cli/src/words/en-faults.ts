import type { ErrorDetails, TotalsRule } from "@onsale/core/shared/error-details";

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

/** What a figure of a report has to be. */
export const TOTALS_RULES_EN: Readonly<Record<TotalsRule, string>> = {
  places_of_sections: "the places of all sections",
  sold_of_sections: "what all sections sold",
  all_seats: "sold, held and free together are all seats",
  sold_out: "true when as much is sold as there is",
  no_failures: "true when there are no failures",
  targets_met: "true when every target is met and nothing unexpected was answered",
  of_invariants: "those of all invariants",
  sum_of_series: "what each second of errorSeries says, added up",
  errors_by_step: "a part of errors, by step",
  errors_unexpected: "a part of errors that no fan should get",
  only_allowed: "onlyAllowed when nothing went beyond it",
  each_fan: "one for each fan",
  rising: "p50, p95, p99 and the longest rise",
  after_fault: "there when a fault was done",
  part_of_steps: "a part of steps",
  value_elsewhere: "its value is the one that the report gives elsewhere",
  target_met: "ok when the value meets the target",
  every_target: "every target is there",
  line_if_admitted: "there is one if it let anybody in",
  each_admitted: "one for each who was let in",
  of_waves: "let in by all waves",
  number_once: "a number goes in once",
  fullest_wave: "at least what the fullest wave says",
  most_of_waves: "that of all waves",
  all_drawn: "all who were drawn",
  from_fans: "follows from line.fans",
  no_bots: "none without bots",
  of_bots: "those of bots, a part of all sold",
  of_kinds: "those of all kinds",
  all_requests: "granted and refused together are all requests",
  share_of_tickets: "the tickets of bots in all tickets",
};

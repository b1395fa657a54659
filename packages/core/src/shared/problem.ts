/** One fault of a layout or of a file being imported: which rule, where, in words that say what to do. */
export type Problem = {
  /** Stable, e.g. "seat.duplicate_label". */
  readonly code: string;
  /** Where: a JSON path for documents ("sections[2].rows[0].seats[5]"), "line 17" for line files. */
  readonly path: string;
  readonly message: string;
};

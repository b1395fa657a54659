import type { DrawRefusal } from "@onsale/core/line/verify-draw";

/** What is wrong with a published draw. */
export const DRAW_FAULTS_EN: Readonly<Record<DrawRefusal, string>> = {
  not_a_draw: "This is not a draw file, or a field of it is missing or misspelt.",
  seed: "The seed is not the one that was committed to.",
  commitment: "The commitment is not the one that was published before the draw.",
  root_published: "The entries' root is not the one that was published before the draw.",
  entry_form: "An entry is not 32 hex digits.",
  entry_twice: "An entry stands in the draw twice.",
  order: "The entries are not in the order that the seed gives.",
  root: "The entries are not those of the published root.",
  not_in_draw: "This entry did not take part in the draw.",
};

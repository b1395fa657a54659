import type { InvariantId } from "@onsale/core/reconcile/findings";

/** A question to the database whose right answer is no rows, each of which says what is `wrong`. `$1` is an event id, or null for all. */
export type Invariant = { readonly id: InvariantId; readonly title: string; readonly query: string };

/** A question to the database whose right answer is no rows. `$1` is an event id, or null for all events. */
export type Invariant = { readonly id: string; readonly title: string; readonly query: string };

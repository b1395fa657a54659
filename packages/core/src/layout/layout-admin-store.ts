export type LayoutDeletion =
  | { readonly kind: "deleted"; readonly name: string }
  | { readonly kind: "not_found" }
  /** Slugs of the events that use it, the newest first. */
  | { readonly kind: "in_use"; readonly slugs: readonly string[] };

/** What becomes of layouts after they were saved. Each change writes the audit in the same transaction. */
export interface LayoutAdminStore {
  /** What lists call it; the document stays as it was written. The name before, null: there is no such layout. */
  rename(input: { id: string; name: string; actor: string }): Promise<string | null>;
  /** Only while no event uses it. */
  remove(input: { id: string; reason: string; actor: string }): Promise<LayoutDeletion>;
}

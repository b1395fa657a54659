import type { Actor } from "../actor/actor.ts";
import type { LayoutId, OrganizationId, VenueId } from "../shared/ids.ts";
import type { ListOrder, Page, PageAsk } from "../shared/page.ts";
import type { LayoutDocument } from "./layout.ts";

export const LAYOUT_SORTS = ["created", "name", "seats"] as const;
export type LayoutOrder = Partial<ListOrder<(typeof LAYOUT_SORTS)[number]>>;

export type LayoutRecord = {
  readonly id: LayoutId;
  readonly organizationId: OrganizationId;
  readonly venueId: VenueId | null;
  readonly name: string;
  /** SHA-256 of the canonical document: the name of this version in caches. */
  readonly hash: string;
  readonly seatCount: number;
  readonly gaCapacity: number;
  readonly document: LayoutDocument;
};
export type LayoutSummary = Omit<LayoutRecord, "document"> & { readonly createdAtMs: number };

export type LayoutDeletion =
  | { readonly kind: "deleted"; readonly name: string }
  | { readonly kind: "not_found" }
  /** Slugs of the events that use it, the newest first. */
  | { readonly kind: "in_use"; readonly slugs: readonly string[] };

/** Versions of layouts, named by their content. Every change writes the audit in the same transaction. */
export interface LayoutStore {
  /** `text` is the document as JSON: who saves it has it as text already, and a large one costs a second each way. */
  save(
    actor: Actor,
    input: {
      organizationId: OrganizationId;
      venueId: VenueId | null;
      hash: string;
      name: string;
      text: string;
      seatCount: number;
      gaCapacity: number;
    },
  ): Promise<Omit<LayoutRecord, "document">>;
  find(id: LayoutId): Promise<LayoutRecord | null>;
  /** By the SHA-256 of its document, whoever has it. */
  findByHash(hash: string): Promise<LayoutRecord | null>;
  /** Newest first where no order is said, without the layouts of drills; without an organization those of all. */
  list(
    ask: PageAsk & LayoutOrder & { readonly organization?: OrganizationId; readonly query?: string },
  ): Promise<Page<LayoutSummary>>;
  /** What lists call it; the document stays as it was written. The name before, null: there is no such layout. */
  rename(actor: Actor, input: { id: LayoutId; name: string }): Promise<string | null>;
  /** Only while no event uses it. */
  remove(actor: Actor, input: { id: LayoutId; reason: string }): Promise<LayoutDeletion>;
}

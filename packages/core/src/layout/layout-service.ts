import { tellProblems } from "../shared/problem.ts";
import type { Installation, Staff } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import { sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { schemaFaults } from "../shared/schema-faults.ts";
import type { LayoutId, OrganizationId, VenueId } from "../shared/ids.ts";
import type { Page } from "../shared/page.ts";
import type { LayoutRecord, LayoutStore, LayoutSummary } from "./layout-store.ts";
import { LayoutDocument } from "./layout.ts";
import { compileLayout } from "./seat-plan.ts";
import { validateLayout } from "./validate-layout.ts";

/** A layout that was found good, as the store takes it. */
export type PreparedLayout = {
  readonly name: string;
  readonly hash: string;
  readonly text: string;
  readonly seatCount: number;
  readonly gaCapacity: number;
};

export type SavedFor = { readonly organizationId: OrganizationId; readonly venueId: VenueId | null };

/** Seconds of work for the largest layouts, and no I/O: whoever serves others does it beside them. Throws layout.invalid. */
export function prepareLayout(document: LayoutDocument): PreparedLayout {
  const problems = validateLayout(document);
  if (problems.length > 0) {
    throw new AppError("layout.invalid", tellProblems(problems));
  }
  const plan = compileLayout(document);
  // Parsing puts the fields in one order: a document read back from a store is the same version.
  const text = JSON.stringify(LayoutDocument.parse(document));
  return {
    name: document.name,
    hash: sha256Hex(text),
    text,
    seatCount: plan.seatCount,
    gaCapacity: plan.areas.reduce((sum, area) => sum + area.capacity, 0),
  };
}

/** Layout versions are immutable and named by their content: saving the same document twice is one version. */
export function makeLayoutService({ layouts }: { layouts: LayoutStore }) {
  const inOwn = (actor: Staff, organization: OrganizationId | null) =>
    refuseElsewhere(actor, organization, () => new AppError("organization.not_found", {}));
  async function savePrepared(
    actor: Staff,
    layout: PreparedLayout,
    of: SavedFor,
  ): Promise<Omit<LayoutRecord, "document">> {
    inOwn(actor, of.organizationId);
    return layouts.save(actor, { ...layout, ...of });
  }
  return {
    /** Newest first. */
    async list(actor: Staff, ask: Parameters<LayoutStore["list"]>[0]): Promise<Page<LayoutSummary>> {
      inOwn(actor, ask.organization ?? null);
      return layouts.list(ask);
    },
    async require(actor: Staff, layoutId: LayoutId): Promise<Omit<LayoutRecord, "document">> {
      const found = await layouts.find(layoutId);
      if (!found) throw new AppError("layout.not_found");
      refuseElsewhere(actor, found.organizationId, () => new AppError("layout.not_found"));
      const { document: _document, ...summary } = found;
      return summary;
    },
    /** By the hash that names this version; null: nobody saved it. */
    documentByHash: async (hash: string): Promise<LayoutDocument | null> =>
      (await layouts.findByHash(hash))?.document ?? null,
    savePrepared,
    save: async (actor: Staff, document: LayoutDocument, of: SavedFor) =>
      savePrepared(actor, prepareLayout(document), of),
    /** What lists call it from now on; the name before. */
    async rename(
      actor: Installation,
      input: { id: LayoutId; name: string },
    ): Promise<{ from: string; to: string }> {
      const name = LayoutDocument.shape.name.safeParse(input.name);
      if (!name.success)
        throw new AppError("input.invalid", { why: "layout_name", faults: schemaFaults(name.error.issues) });
      const from = await layouts.rename(actor, { ...input, name: name.data });
      if (from === null) throw new AppError("layout.not_found");
      return { from, to: name.data };
    },

    async remove(actor: Installation, input: { id: LayoutId; reason: string }): Promise<{ name: string }> {
      const removed = await layouts.remove(actor, input);
      switch (removed.kind) {
        case "deleted":
          return { name: removed.name };
        case "not_found":
          throw new AppError("layout.not_found");
        case "in_use":
          throw new AppError("layout.in_use", { slugs: removed.slugs });
      }
    },
  };
}
export type LayoutService = ReturnType<typeof makeLayoutService>;

import { sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { schemaFaults } from "../shared/schema-faults.ts";
import type { OrganizationId } from "../shared/ids.ts";
import type { LayoutRecord, LayoutStore } from "./layout-store.ts";
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

export type SavedBy = {
  readonly organizationId: OrganizationId;
  readonly venueId: string | null;
  readonly actor: string;
};

/** Seconds of work for the largest layouts, and no I/O: whoever serves others does it beside them. Throws layout.invalid. */
export function prepareLayout(document: LayoutDocument): PreparedLayout {
  const problems = validateLayout(document);
  if (problems.length > 0) {
    throw new AppError("layout.invalid", { problems: problems.slice(0, 100), count: problems.length });
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
  const savePrepared = (
    layout: PreparedLayout,
    { actor, ...of }: SavedBy,
  ): Promise<Omit<LayoutRecord, "document">> => layouts.save({ ...layout, ...of }, actor);
  return {
    /** Newest first. */
    list: (ask: Parameters<LayoutStore["list"]>[0]) => layouts.list(ask),
    async require(layoutId: string): Promise<Omit<LayoutRecord, "document">> {
      const found = await layouts.find(layoutId);
      if (!found) throw new AppError("layout.not_found");
      const { document: _document, ...summary } = found;
      return summary;
    },
    /** By the hash that names this version; null: nobody saved it. */
    documentByHash: async (hash: string): Promise<LayoutDocument | null> =>
      (await layouts.findByHash(hash))?.document ?? null,
    savePrepared,
    save: async (document: LayoutDocument, by: SavedBy) => savePrepared(prepareLayout(document), by),
    /** What lists call it from now on; the name before. */
    async rename(input: { id: string; name: string; actor: string }): Promise<{ from: string; to: string }> {
      const name = LayoutDocument.shape.name.safeParse(input.name);
      if (!name.success)
        throw new AppError("input.invalid", { why: "layout_name", faults: schemaFaults(name.error.issues) });
      const from = await layouts.rename({ ...input, name: name.data });
      if (from === null) throw new AppError("layout.not_found");
      return { from, to: name.data };
    },

    async remove(input: { id: string; reason: string; actor: string }): Promise<{ name: string }> {
      const removed = await layouts.remove(input);
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

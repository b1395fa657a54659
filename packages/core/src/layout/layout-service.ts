import type { EventStore, LayoutRecord } from "../event/event-store.ts";
import { sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
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

/** Seconds of work for the largest houses, and no I/O: whoever serves others does it beside them. Throws layout.invalid. */
export function prepareLayout(document: LayoutDocument): PreparedLayout {
  const problems = validateLayout(document);
  if (problems.length > 0) {
    throw new AppError(
      "layout.invalid",
      `The layout has ${problems.length} faults; the first: ${problems[0]?.message}`,
      {
        details: { problems: problems.slice(0, 100) },
      },
    );
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
export function makeLayoutService({ events }: { events: Pick<EventStore, "saveLayout"> }) {
  const savePrepared = (
    layout: PreparedLayout,
    venueId: string | null,
  ): Promise<Omit<LayoutRecord, "document">> => events.saveLayout({ ...layout, venueId });
  return {
    savePrepared,
    save: async (document: LayoutDocument, venueId: string | null) =>
      savePrepared(prepareLayout(document), venueId),
  };
}
export type LayoutService = ReturnType<typeof makeLayoutService>;

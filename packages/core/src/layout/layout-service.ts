import type { EventStore, LayoutRecord } from "../event/event-store.ts";
import { sha256Hex } from "../shared/derived-id.ts";
import { AppError } from "../shared/errors.ts";
import { LayoutDocument } from "./layout.ts";
import { compileLayout } from "./seat-plan.ts";
import { validateLayout } from "./validate-layout.ts";

/** Layout versions are immutable and named by their content: saving the same document twice is one version. */
export function makeLayoutService({ events }: { events: Pick<EventStore, "saveLayout"> }) {
  return {
    async save(document: LayoutDocument, venueId: string | null): Promise<Omit<LayoutRecord, "document">> {
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
      const saved = await events.saveLayout({
        venueId,
        // Parsing puts the fields in one order: a document read back from a store is the same version.
        hash: sha256Hex(JSON.stringify(LayoutDocument.parse(document))),
        document,
        seatCount: plan.seatCount,
        gaCapacity: plan.areas.reduce((sum, area) => sum + area.capacity, 0),
      });
      const { document: _document, ...summary } = saved;
      return summary;
    },
  };
}
export type LayoutService = ReturnType<typeof makeLayoutService>;

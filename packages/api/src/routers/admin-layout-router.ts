import {
  AdminLayouts,
  AdminLayoutsAsk,
  ImportAnswer,
  ImportLayout,
  LayoutFacts,
  OneLayout,
} from "@onsale/contract/admin-layout";
import type { CsvColumns } from "@onsale/core/layout/import/import-result";
import { memberProcedure, router } from "../trpc.ts";

export const adminLayoutRouter = router({
  list: memberProcedure("layouts.read")
    .input(AdminLayoutsAsk)
    .output(AdminLayouts)
    .query(({ ctx: { services, organization, actor }, input: { organizationId: _organizationId, ...ask } }) =>
      services.layouts.list(actor, { ...ask, organization }),
    ),

  get: memberProcedure("layouts.read")
    .input(OneLayout)
    .output(LayoutFacts)
    .query(({ ctx: { services, actor }, input }) => services.layouts.require(actor, input.layoutId)),

  /** All or nothing; with `dryRun` nothing is kept even when the file is good. */
  import: memberProcedure("layouts.write")
    .input(ImportLayout)
    .output(ImportAnswer)
    .mutation(async ({ ctx: { services, organization, actor }, input }) => {
      const { text, name, renameDuplicates, notForSale, columns } = input;
      const options = {
        renameDuplicates,
        notForSale,
        ...(columns === undefined ? {} : { csvColumns: chosenColumns(columns) }),
        ...(name === undefined ? {} : { name }),
      };
      const { prepared, ...found } = await services.layoutFiles.run({ text, options });
      const layout =
        prepared && !input.dryRun
          ? await services.layouts.savePrepared(actor, prepared, {
              organizationId: organization,
              venueId: input.venueId,
            })
          : null;
      return {
        ...found,
        problems: [...found.problems],
        notes: [...found.notes],
        categories: [...found.categories],
        layout,
      };
    }),
});

/** Without those that were not said at all. */
function chosenColumns(columns: Partial<Record<keyof CsvColumns, string | undefined>>): CsvColumns {
  return Object.fromEntries(Object.entries(columns).filter(([, header]) => header !== undefined));
}

import { CSV_FIELDS, type CsvColumns } from "@onsale/core/layout/import/import-result";
import { LAYOUT_SORTS } from "@onsale/core/layout/layout-store";
import { LayoutId, OrganizationId, VenueId } from "@onsale/core/shared/ids";
import { humanText } from "@onsale/core/shared/human-text";
import { pageOf, sortedPageAsk } from "@onsale/core/shared/page";
import { z } from "zod";
import { memberProcedure, router } from "../trpc.ts";

/** Ten times the largest real chart seen so far. */
const FILE_CHARACTERS_MAX = 20_000_000;

const ProblemView = z.object({ code: z.string(), path: z.string(), message: z.string() });
const Summary = z.object({
  id: z.string(),
  venueId: z.string().nullable(),
  name: z.string(),
  hash: z.string(),
  seatCount: z.number(),
  gaCapacity: z.number(),
  createdAtMs: z.number(),
});

export const adminLayoutRouter = router({
  list: memberProcedure("layouts.read")
    .input(sortedPageAsk(LAYOUT_SORTS).extend({ organizationId: OrganizationId }))
    .output(pageOf(Summary))
    .query(({ ctx: { services, organization }, input: { organizationId: _organizationId, ...ask } }) =>
      services.layouts.list({ ...ask, organization }),
    ),

  get: memberProcedure("layouts.read")
    .input(z.strictObject({ layoutId: LayoutId }))
    .output(Summary.omit({ createdAtMs: true }))
    .query(({ ctx: { services }, input }) => services.layouts.require(input.layoutId)),

  /** All or nothing; with `dryRun` nothing is kept even when the file is good. */
  import: memberProcedure("layouts.write")
    .input(
      z.strictObject({
        organizationId: OrganizationId,
        text: z.string().min(1).max(FILE_CHARACTERS_MAX),
        name: humanText({ max: 80 }).optional(),
        venueId: VenueId.nullable().default(null),
        renameDuplicates: z.boolean().default(false),
        /** Headers of a seat list by what they mean; "#3" is the third column, "" none. */
        columns: z.partialRecord(z.enum(CSV_FIELDS), z.string().max(500)).optional(),
        notForSale: z.array(z.string().min(1).max(80)).max(200).default([]),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        ok: z.boolean(),
        format: z.string().nullable(),
        counts: z.object({
          seats: z.number(),
          gaCapacity: z.number(),
          sections: z.number(),
          rows: z.number(),
          tables: z.number(),
          categories: z.number(),
        }),
        problems: z.array(ProblemView),
        problemCount: z.number(),
        notes: z.array(ProblemView),
        categories: z.array(z.string()),
        layout: Summary.omit({ createdAtMs: true }).nullable(),
      }),
    )
    .mutation(async ({ ctx: { services, organization, account }, input }) => {
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
          ? await services.layouts.savePrepared(prepared, {
              organizationId: organization,
              venueId: input.venueId,
              actor: account.email,
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

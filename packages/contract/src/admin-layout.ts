import { CSV_FIELDS } from "@onsale/core/layout/import/import-result";
import { LAYOUT_SORTS } from "@onsale/core/layout/layout-store";
import { humanText } from "@onsale/core/shared/human-text";
import { LayoutId, OrganizationId, VenueId } from "@onsale/core/shared/ids";
import { pageOf, sortedPageAsk } from "@onsale/core/shared/page";
import { isProblem, type Problem } from "@onsale/core/shared/problem";
import { writtenText } from "@onsale/core/shared/text";
import { z } from "zod";
import { FILTER_CHARACTERS_MAX } from "./shared.ts";

export const AdminLayout = z.object({
  id: LayoutId,
  /** Whose it is: what is made with it is theirs too. */
  organizationId: OrganizationId,
  venueId: VenueId.nullable(),
  name: z.string(),
  hash: z.string(),
  seatCount: z.number(),
  gaCapacity: z.number(),
  createdAtMs: z.number(),
});
export type AdminLayout = z.infer<typeof AdminLayout>;

export const AdminLayoutsAsk = sortedPageAsk(LAYOUT_SORTS).extend({
  organizationId: OrganizationId,
  /** Of the name. */
  query: writtenText({ max: FILTER_CHARACTERS_MAX }).default(""),
});
export const AdminLayouts = pageOf(AdminLayout);
export const OneLayout = z.strictObject({ layoutId: LayoutId });
export const LayoutFacts = AdminLayout.omit({ createdAtMs: true });

/** Ten times the largest real chart seen so far. */
const FILE_CHARACTERS_MAX = 20_000_000;

/** With `dryRun` nothing is kept even when the file is good. */
export const ImportLayout = z.strictObject({
  organizationId: OrganizationId,
  text: z.string().min(1).max(FILE_CHARACTERS_MAX),
  name: humanText({ max: 80 }).optional(),
  venueId: VenueId.nullable().default(null),
  renameDuplicates: z.boolean().default(false),
  /** Headers of a seat list by what they mean; "#3" is the third column, "" none. */
  columns: z.partialRecord(z.enum(CSV_FIELDS), z.string().max(500)).optional(),
  notForSale: z.array(z.string().min(1).max(80)).max(200).default([]),
  dryRun: z.boolean().default(false),
});

/** Made by our own rules from a file; its shape is the type's. */
const ImportNote = z.custom<Problem>(isProblem);
export const ImportAnswer = z.object({
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
  problems: z.array(ImportNote),
  problemCount: z.number(),
  notes: z.array(ImportNote),
  categories: z.array(z.string()),
  layout: LayoutFacts.nullable(),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;

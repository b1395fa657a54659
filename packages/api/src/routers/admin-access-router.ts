import { CodeBatch, TypedCode } from "@onsale/core/access/access";
import { EventId, Uuid } from "@onsale/core/shared/ids";
import { z } from "zod";
import { memberProcedure, router } from "../trpc.ts";
import { EmailListInput } from "./email-list.ts";

const Overview = z.object({
  presales: z.array(
    z.object({
      windowKey: z.string(),
      granted: z.number(),
      listed: z.number(),
      allotment: z.number().nullable(),
      taken: z.number(),
    }),
  ),
  batches: z.array(
    z.object({
      batchId: z.string(),
      windowKey: z.string(),
      label: z.string(),
      codes: z.number(),
      usesEach: z.number(),
      uses: z.number(),
      expiresAtMs: z.number().nullable(),
      revoked: z.number(),
      createdAtMs: z.number(),
      createdBy: z.string(),
    }),
  ),
});

export const adminAccessRouter = router({
  overview: memberProcedure("access.read")
    .input(z.strictObject({ eventId: EventId }))
    .output(Overview)
    .query(async ({ ctx: { services }, input }) => {
      const { presales, batches } = await services.access.overview(input.eventId);
      return { presales, batches };
    }),

  /** The only time that codes are shown: they are kept as hashes. */
  createCodes: memberProcedure("access.write")
    .input(CodeBatch.extend({ eventId: EventId }))
    .output(z.object({ batchId: z.string(), codes: z.array(z.string()) }))
    .mutation(({ ctx: { services, account }, input: { eventId, ...batch } }) =>
      services.access.createCodes(eventId, batch, account.email),
    ),

  /** A batch, or one code that got into the wrong hands. Who came in by it before keeps access. */
  revoke: memberProcedure("access.write")
    .input(
      z.union([
        z.strictObject({ eventId: EventId, batchId: Uuid }),
        z.strictObject({ eventId: EventId, code: TypedCode }),
      ]),
    )
    .output(z.object({ revoked: z.number() }))
    .mutation(({ ctx: { services, account }, input: { eventId, ...what } }) =>
      services.access.revoke(eventId, what, account.email),
    ),

  addEmails: memberProcedure("access.write")
    .input(EmailListInput.extend({ eventId: EventId }))
    .output(z.object({ added: z.number(), known: z.number() }))
    .mutation(({ ctx: { services, account }, input: { eventId, ...list } }) =>
      services.access.addEmails(eventId, list, account.email),
    ),

  removeEmails: memberProcedure("access.write")
    .input(EmailListInput.extend({ eventId: EventId }))
    .output(z.object({ removed: z.number(), unknown: z.number() }))
    .mutation(({ ctx: { services, account }, input: { eventId, ...list } }) =>
      services.access.removeEmails(eventId, list, account.email),
    ),
});

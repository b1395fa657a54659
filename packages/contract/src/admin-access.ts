import { CodeBatch, EMAILS_MAX, PresaleKey, TypedCode } from "@onsale/core/access/access";
import { EMAIL_CHARACTERS_MAX } from "@onsale/core/account/email";
import { Uuid } from "@onsale/core/shared/ids";
import { z } from "zod";
import { OneEvent } from "./shared.ts";

export const AccessOverview = z.object({
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
export type AccessOverview = z.infer<typeof AccessOverview>;

export const CreateCodes = CodeBatch.extend(OneEvent.shape);
export const CreatedCodes = z.object({ batchId: z.string(), codes: z.array(z.string()) });

/** A batch, or one code. */
export const RevokeCodes = z.union([
  OneEvent.extend({ batchId: Uuid }),
  OneEvent.extend({ code: TypedCode }),
]);
export const RevokedCodes = z.object({ revoked: z.number() });

/** Addresses as somebody typed or pasted them, still to be read. */
export const PresaleEmails = OneEvent.extend({
  windowKey: PresaleKey,
  emails: z.array(z.string().max(EMAIL_CHARACTERS_MAX)).min(1).max(EMAILS_MAX),
});
export const AddedEmails = z.object({ added: z.number(), known: z.number() });
export const RemovedEmails = z.object({ removed: z.number(), unknown: z.number() });

import { z } from "zod";
import { rule } from "../shared/schema-rule.ts";
import { lookupText } from "../shared/text.ts";
import { Instant } from "../shared/numbers.ts";
import { Email } from "../account/email.ts";
import { humanText } from "../shared/human-text.ts";
import { PUBLIC_WINDOW } from "../event/window-key.ts";
import { WindowKey } from "../event/window-key-schema.ts";

/** A presale is named by its key; everybody may buy in the public window. */
export const PresaleKey = WindowKey.refine((key) => key !== PUBLIC_WINDOW, rule("public_sale_code"));

export const CODES_MAX = 10_000;
export const USES_MAX = 1_000_000;
export const EMAILS_MAX = 50_000;

/** How codes are made; one use each is a personal code, more uses one for a newsletter or a poster. */
export const CodeBatch = z.strictObject({
  windowKey: PresaleKey,
  count: z.int().min(1).max(CODES_MAX),
  usesEach: z.int().min(1).max(USES_MAX).default(1),
  /** For staff: whom the codes are for. */
  label: humanText({ min: 0, max: 80 }).default(""),
  /** After this no new fan comes in by them; null: the window alone decides. */
  expiresAtMs: Instant.nullable().default(null),
});
export type CodeBatch = z.infer<typeof CodeBatch>;

export const EmailList = z.strictObject({
  windowKey: PresaleKey,
  emails: z.array(Email).min(1).max(EMAILS_MAX),
});
export type EmailList = z.infer<typeof EmailList>;

/** What a fan may type: longer than a code, so that dashes and blanks do no harm. */
export const TypedCode = lookupText({ max: 64 });

/** Codes made together. */
export type BatchUse = {
  readonly batchId: string;
  readonly windowKey: string;
  readonly label: string;
  readonly codes: number;
  readonly usesEach: number;
  /** Fans who came in by them. */
  readonly uses: number;
  readonly expiresAtMs: number | null;
  /** How many were revoked. */
  readonly revoked: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
};

/** What became of a presale. */
export type PresaleUse = {
  readonly windowKey: string;
  /** Accounts that may buy in it, by a code or by its list. */
  readonly granted: number;
  /** Addresses on its list. */
  readonly listed: number;
  /** Places that may be sold in it; null: as many as there are. */
  readonly allotment: number | null;
  /** Places in orders that are paid or being paid. */
  readonly taken: number;
};

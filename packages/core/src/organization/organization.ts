import { z } from "zod";
import { Email } from "../account/email.ts";
import type { OrganizationRole } from "../actor/organization-role.ts";
import { humanText } from "../shared/human-text.ts";
import type { AccountId, OrganizationId } from "../shared/ids.ts";
import { Currency } from "../shared/money-schema.ts";
import { slugSchema } from "../shared/slug-schema.ts";
import { TimeZone } from "../shared/time-zone.ts";

/** In addresses: /organizers/SLUG. */
export const OrganizationSlug = slugSchema({ max: 60 });

/** An organization as people enter it. */
export const OrganizationDraft = z.strictObject({
  slug: OrganizationSlug,
  /** As fans know it. */
  name: humanText({ max: 120 }),
  /** As contracts and receipts name it; "" where it is the name. */
  legalName: humanText({ min: 0, max: 200 }).default(""),
  address: humanText({ min: 0, max: 300 }).default(""),
  /** What new events start with. */
  currency: Currency,
  timeZone: TimeZone,
  /** Where fans write to. */
  contactEmail: Email,
});
export type OrganizationDraft = z.infer<typeof OrganizationDraft>;

export type Organization = OrganizationDraft & {
  readonly id: OrganizationId;
  /** Of its settings; see `change.ts`. */
  readonly version: number;
  readonly createdAtMs: number;
};

/** What an account is to an organization. */
export type Membership = {
  readonly organization: OrganizationId;
  readonly role: OrganizationRole;
};

export type Member = {
  readonly accountId: AccountId;
  readonly email: string;
  readonly name: string;
  readonly role: OrganizationRole;
  readonly sinceMs: number;
};

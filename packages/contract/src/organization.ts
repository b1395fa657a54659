import { OrganizationRole } from "@onsale/core/actor/organization-role";
import { Version } from "@onsale/core/audit/change";
import { InvitationDraft, InvitationId, InvitationToken } from "@onsale/core/organization/invitation";
import { OrganizationDraft, OrganizationSlug } from "@onsale/core/organization/organization";
import { PERMISSIONS } from "@onsale/core/organization/permissions";
import { AccountId, OrganizationId } from "@onsale/core/shared/ids";
import { writtenText } from "@onsale/core/shared/text";
import { z } from "zod";
import { FILTER_CHARACTERS_MAX } from "./shared.ts";

export const OneOrganization = z.strictObject({ organizationId: OrganizationId });

export const MyOrganization = z.object({
  id: OrganizationId,
  slug: z.string(),
  name: z.string(),
  /** null: an operator, who is no member. */
  role: OrganizationRole.nullable(),
  permissions: z.array(z.enum(PERMISSIONS)),
});
export type MyOrganization = z.infer<typeof MyOrganization>;
export const MyOrganizations = z.array(MyOrganization);

export const OrganizationSettings = z.object({
  id: OrganizationId,
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  address: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  contactEmail: z.string(),
  version: z.number(),
});
export type OrganizationSettings = z.infer<typeof OrganizationSettings>;
export const UpdateOrganization = OneOrganization.extend({ version: Version, draft: OrganizationDraft });

const OrganizationMember = z.object({
  accountId: AccountId,
  email: z.string(),
  name: z.string(),
  role: OrganizationRole,
  sinceMs: z.number(),
});
export type OrganizationMember = z.infer<typeof OrganizationMember>;
const OpenInvitation = z.object({
  id: InvitationId,
  email: z.string(),
  role: OrganizationRole,
  invitedBy: z.string(),
  createdAtMs: z.number(),
  expiresAtMs: z.number(),
});
export type OpenInvitation = z.infer<typeof OpenInvitation>;
/** Members and open invitations by words of the name or the address, and by role. */
export const MembersAsk = OneOrganization.extend({
  query: writtenText({ max: FILTER_CHARACTERS_MAX }).default(""),
  role: OrganizationRole.exactOptional(),
});
export const MembersPage = z.object({
  members: z.array(OrganizationMember),
  invitations: z.array(OpenInvitation),
});
export type MembersPage = z.infer<typeof MembersPage>;

export const OneMember = OneOrganization.extend({ accountId: AccountId });
export const SetMemberRole = OneMember.extend({ role: OrganizationRole });

export const InviteMember = OneOrganization.extend(InvitationDraft.shape);
export const InvitedMember = z.object({ invitationId: InvitationId });
export const RevokeInvitation = OneOrganization.extend({ invitationId: InvitationId });
export const OfferedInvitation = z.strictObject({ token: InvitationToken });
export const InvitationOffer = z.object({
  organizationName: z.string(),
  email: z.string(),
  role: OrganizationRole,
  invitedBy: z.string(),
  expiresAtMs: z.number(),
});
export type InvitationOffer = z.infer<typeof InvitationOffer>;
export const AcceptedInvitation = z.object({ organizationId: OrganizationId });

export const OrganizerAsk = z.strictObject({ slug: OrganizationSlug });
/** What everybody may know of who sells. */
export const Organizer = z.object({
  id: OrganizationId,
  slug: z.string(),
  name: z.string(),
  address: z.string(),
  contactEmail: z.string(),
});
export type Organizer = z.infer<typeof Organizer>;

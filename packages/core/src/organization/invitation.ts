import { z } from "zod";
import { Email } from "../account/email.ts";
import { Uuid } from "../shared/ids.ts";
import { OrganizationRole } from "../actor/organization-role.ts";

export const InvitationId = Uuid.brand<"InvitationId">();
export type InvitationId = z.infer<typeof InvitationId>;

/** A week: long enough for holidays to end, short enough that a forgotten mail opens nothing. */
export const INVITATION_TTL_MS = 7 * 86_400_000;
/** Open at the same time in one organization. */
export const INVITATIONS_LIVE_MAX = 100;
export type InvitationLimits = {
  readonly ttlMs: number;
  readonly liveMax: number;
  /** Mails to one address within a day, whoever invites: an invitation that is taken back was sent all the same. */
  readonly mailboxPerDay: number;
  /** Mails of one organization within a day. */
  readonly organizationPerDay: number;
};
export const INVITATION_LIMITS: InvitationLimits = {
  ttlMs: INVITATION_TTL_MS,
  liveMax: INVITATIONS_LIVE_MAX,
  mailboxPerDay: 5,
  organizationPerDay: 300,
};

export const InvitationDraft = z.strictObject({ email: Email, role: OrganizationRole });
export type InvitationDraft = z.infer<typeof InvitationDraft>;

/** What the mail's link says: 32 bytes in base64url, kept as a hash only. */
export const InvitationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** One that is open: neither taken up, nor taken back, nor too old. */
export type Invitation = InvitationDraft & {
  readonly id: InvitationId;
  readonly invitedBy: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

/** What somebody sees who opens the link, before accepting. */
export type InvitationView = InvitationDraft & {
  readonly organizationName: string;
  readonly invitedBy: string;
  readonly expiresAtMs: number;
};

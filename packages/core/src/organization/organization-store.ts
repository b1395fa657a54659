import type { AccountId, OrganizationId } from "../shared/ids.ts";
import type { Stale } from "../audit/change.ts";
import type {
  Invitation,
  InvitationDraft,
  InvitationId,
  InvitationLimits,
  InvitationView,
} from "./invitation.ts";
import type { Owned } from "./owned.ts";
import type { Member, Membership, Organization, OrganizationDraft } from "./organization.ts";
import type { OrganizationRole } from "../actor/organization-role.ts";

/** Who changed something, for the audit. */
type By = { readonly actor: string };

export type MemberChange =
  | { readonly kind: "done"; readonly before: OrganizationRole }
  | { readonly kind: "no_member" }
  /** The last owner stays one. */
  | { readonly kind: "last_owner" }
  /** Became an owner since the caller looked, and the caller is none. */
  | { readonly kind: "owner_meanwhile" }
  /** The caller is not any more what the change was judged by. */
  | { readonly kind: "editor_changed" };

/** Who changes members, and as what: looked at once more under the store's lock. `account` null: nobody of the organization. */
type ByMember = By & { readonly byAccount: AccountId | null; readonly byRole: OrganizationRole };

/** Each change writes the audit in the same transaction. */
export interface OrganizationStore {
  /** With its first owner. null: the slug is taken. */
  create(draft: OrganizationDraft, by: By & { owner: AccountId | null }): Promise<Organization | null>;
  /** By id or slug. */
  find(key: string): Promise<Organization | null>;
  /** All of the installation, by name. */
  list(): Promise<readonly Organization[]>;
  save(
    id: OrganizationId,
    draft: OrganizationDraft,
    by: By & { version: number },
  ): Promise<{ kind: "saved"; organization: Organization } | { kind: "slug_taken" | "not_found" } | Stale>;

  /** Whose the thing is; null: there is no such thing. */
  ownerOf(thing: Owned): Promise<OrganizationId | null>;
  /** What the account is to whoever owns the thing, in one statement; null: nothing, or there is no such thing. */
  membershipFor(account: AccountId, thing: Owned): Promise<Membership | null>;
  membershipsOf(account: AccountId): Promise<readonly (Membership & { name: string; slug: string })[]>;

  /** Without an invitation: for a demo and for tests. Who is a member already stays what they are. */
  add(id: OrganizationId, member: By & { account: AccountId; role: OrganizationRole }): Promise<void>;
  members(id: OrganizationId): Promise<readonly Member[]>;
  setRole(
    id: OrganizationId,
    change: ByMember & { account: AccountId; role: OrganizationRole },
  ): Promise<MemberChange>;
  remove(id: OrganizationId, change: ByMember & { account: AccountId }): Promise<MemberChange>;

  /** Enqueues its mail, of which a mailbox and an organization have so many a day. An open one for the same address is replaced. */
  invite(
    id: OrganizationId,
    invitation: ByMember & InvitationDraft & { id: InvitationId; token: string } & InvitationLimits,
  ): Promise<
    | { kind: "invited" | "too_many" | "member_already" | "editor_changed" }
    | { kind: "too_soon"; retryInMs: number }
  >;
  invitations(id: OrganizationId): Promise<readonly Invitation[]>;
  /** false: it was not open. */
  revoke(id: OrganizationId, change: By & { invitation: InvitationId }): Promise<boolean>;
  /** By what the link says; null: unknown, used, taken back or too old. */
  findInvitation(token: string): Promise<InvitationView | null>;
  /** Once, for an account with the invitation's own address. */
  accept(
    token: string,
    account: { id: AccountId; email: string },
  ): Promise<{ kind: "joined"; organization: OrganizationId } | { kind: "over" | "other_address" }>;
}

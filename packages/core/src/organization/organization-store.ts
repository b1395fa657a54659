import type { Actor, Fan, Staff } from "../actor/actor.ts";
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

/** Settings, and the version that they were made from. */
export type OrganizationChange = { readonly version: number; readonly draft: OrganizationDraft };

/** "over": it was not open. */
export type RevokeResult = "revoked" | "over" | "owner_needed" | "editor_changed";

export type MemberChange =
  | { readonly kind: "done"; readonly before: OrganizationRole }
  | { readonly kind: "no_member" }
  /** The last owner stays one. */
  | { readonly kind: "last_owner" }
  /** Became an owner since the caller looked, and the caller is none. */
  | { readonly kind: "owner_meanwhile" }
  /** The caller is not any more what the change was judged by. */
  | { readonly kind: "editor_changed" };

/** By words of the name or the address, whatever the case, and by role. */
export type MemberFilter = { readonly query?: string; readonly role?: OrganizationRole };

/**
 * Each change writes the audit in the same transaction. Who changes members is looked at once more under the store's lock: a
 * member has to be there still, with the role that the change was judged by.
 */
export interface OrganizationStore {
  /** With its first owner. null: the slug is taken. */
  create(actor: Actor, draft: OrganizationDraft, owner: AccountId | null): Promise<Organization | null>;
  /** By id or slug. */
  find(key: string): Promise<Organization | null>;
  /** All of the installation, by name. */
  list(): Promise<readonly Organization[]>;
  save(
    actor: Actor,
    id: OrganizationId,
    change: OrganizationChange,
  ): Promise<{ kind: "saved"; organization: Organization } | { kind: "slug_taken" | "not_found" } | Stale>;

  /** Whose the thing is; null: there is no such thing. */
  ownerOf(thing: Owned): Promise<OrganizationId | null>;
  /** What the account is to whoever owns the thing, in one statement; null: nothing, or there is no such thing. */
  membershipFor(account: AccountId, thing: Owned): Promise<Membership | null>;
  membershipsOf(account: AccountId): Promise<readonly (Membership & { name: string; slug: string })[]>;

  /** Without an invitation: for a demo and for tests. Who is a member already stays what they are. */
  add(
    actor: Actor,
    id: OrganizationId,
    member: { account: AccountId; role: OrganizationRole },
  ): Promise<void>;
  members(id: OrganizationId, filter?: MemberFilter): Promise<readonly Member[]>;
  setRole(
    actor: Staff,
    id: OrganizationId,
    change: { account: AccountId; role: OrganizationRole },
  ): Promise<MemberChange>;
  /** Also by oneself, whatever the role. */
  remove(actor: Staff, id: OrganizationId, account: AccountId): Promise<MemberChange>;

  /** Enqueues its mail, of which a mailbox and an organization have so many a day. An open one for the same address is replaced. */
  invite(
    actor: Staff,
    id: OrganizationId,
    invitation: InvitationDraft & { id: InvitationId; token: string } & InvitationLimits,
  ): Promise<
    | { kind: "invited" | "too_many" | "member_already" | "editor_changed" }
    | { kind: "too_soon"; retryInMs: number }
  >;
  invitations(id: OrganizationId, filter?: MemberFilter): Promise<readonly Invitation[]>;
  revoke(actor: Staff, id: OrganizationId, invitation: InvitationId): Promise<RevokeResult>;
  /** By what the link says; null: unknown, used, taken back or too old. */
  findInvitation(token: string): Promise<InvitationView | null>;
  /** Once, for an account with the invitation's own address. */
  accept(
    actor: Fan,
    token: string,
  ): Promise<{ kind: "joined"; organization: OrganizationId } | { kind: "over" | "other_address" }>;
}

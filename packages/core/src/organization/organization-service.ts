import type { Mailer } from "../mail/mailer.ts";
import type { Fan } from "../actor/actor.ts";
import { changedMeanwhile } from "../audit/change.ts";
import { AppError } from "../shared/errors.ts";
import type { AccountId, OrganizationId } from "../shared/ids.ts";
import {
  INVITATION_LIMITS,
  INVITATION_TTL_MS,
  INVITATIONS_LIVE_MAX,
  type InvitationDraft,
  type InvitationId,
  type InvitationView,
} from "./invitation.ts";
import type { Organization, OrganizationDraft } from "./organization.ts";
import type { OrganizationRole } from "../actor/organization-role.ts";
import type { MemberChange, OrganizationStore } from "./organization-store.ts";
import { mayChangeMember } from "./permissions.ts";

/** Who changes members: what they are there themselves, and the name for the audit. */
export type MemberEditor = {
  readonly role: OrganizationRole;
  readonly actor: string;
  /** null: nobody of the organization, as in the terminal. */
  readonly account: AccountId | null;
};

export type OrganizationServiceDeps = {
  readonly store: OrganizationStore;
  readonly newId: () => InvitationId;
  /** What the mail says for an invitation; nobody who reads the store can tell it. */
  readonly tokenOf: (id: InvitationId) => string;
  readonly mailer: Mailer;
  readonly pageUrl: string;
};

export function makeOrganizationService(deps: OrganizationServiceDeps) {
  const { store } = deps;
  async function require(key: string): Promise<Organization> {
    const found = await store.find(key);
    if (!found) throw notFound();
    return found;
  }
  return {
    require,
    list: () => store.list(),
    membershipsOf: ({ account }: Fan) => store.membershipsOf(account.id),

    async create(
      draft: OrganizationDraft,
      by: { owner: AccountId | null; actor: string },
    ): Promise<Organization> {
      const created = await store.create(draft, by);
      if (!created) throw slugTaken(draft.slug);
      return created;
    },

    /** Throws change.stale where somebody saved since `version`. */
    async save(
      id: OrganizationId,
      draft: OrganizationDraft,
      by: { version: number; actor: string },
    ): Promise<Organization> {
      const saved = await store.save(id, draft, by);
      switch (saved.kind) {
        case "saved":
          return saved.organization;
        case "slug_taken":
          throw slugTaken(draft.slug);
        case "not_found":
          throw notFound();
        case "stale":
          throw changedMeanwhile("organization", saved);
      }
    },

    ...members(store),
    ...invitations(deps),
  };
}
export type OrganizationService = ReturnType<typeof makeOrganizationService>;

function members(store: OrganizationStore) {
  /** What the member is now, looked up so that the right to change them can be judged. */
  async function roleOf(id: OrganizationId, account: AccountId): Promise<OrganizationRole> {
    const membership = await store.membershipFor(account, { organizationId: id });
    if (!membership) throw noMember();
    return membership.role;
  }
  return {
    members: (id: OrganizationId) => store.members(id),

    async setRole(
      id: OrganizationId,
      { account, role, by }: { account: AccountId; role: OrganizationRole; by: MemberEditor },
    ): Promise<void> {
      refuseUnless(by.role, { from: await roleOf(id, account), to: role });
      // The store looks at both roles once more under its lock: an owner made meanwhile stays out of a manager's reach, and
      // who was removed meanwhile changes nobody.
      refuse(await store.setRole(id, { account, role, ...editorOf(by) }));
    },

    /** Ends what the account may do here at once; it stays an account. */
    async remove(
      id: OrganizationId,
      { account, by }: { account: AccountId; by: MemberEditor },
    ): Promise<void> {
      refuseUnless(by.role, { from: await roleOf(id, account), to: null });
      refuse(await store.remove(id, { account, ...editorOf(by) }));
    },

    /** By oneself, whatever the role; the last owner stays. */
    async leave(id: OrganizationId, account: { id: AccountId; email: string }): Promise<void> {
      const by = { actor: account.email, byAccount: null, byRole: "owner" } as const;
      refuse(await store.remove(id, { account: account.id, ...by }));
    },
  };
}

function invitations({ store, newId, tokenOf, mailer, pageUrl }: OrganizationServiceDeps) {
  return {
    async invite(
      id: OrganizationId,
      { email, role, by }: InvitationDraft & { by: MemberEditor },
    ): Promise<InvitationId> {
      refuseUnless(by.role, { from: null, to: role });
      const invitation = newId();
      const token = tokenOf(invitation);
      const invited = await store.invite(id, {
        id: invitation,
        email,
        role,
        token,
        ...INVITATION_LIMITS,
        ...editorOf(by),
      });
      switch (invited.kind) {
        case "invited":
          break;
        case "member_already":
          throw new AppError("member.already", { email });
        case "too_many":
          throw new AppError("invitation.too_many", { max: INVITATIONS_LIVE_MAX });
        case "too_soon":
          throw new AppError("invitation.too_soon", { retryAfterMs: invited.retryInMs });
        case "editor_changed":
          throw new AppError("account.not_allowed");
      }
      return invitation;
    },
    invitations: (id: OrganizationId) => store.invitations(id),

    /** A job of the outbox; repeated, it is the same mail. One that was taken back meanwhile sends none. */
    async sendInvitation(invitation: InvitationId): Promise<void> {
      const token = tokenOf(invitation);
      const view = await store.findInvitation(token);
      if (!view) return;
      await mailer.send({
        kind: "invitation",
        to: view.email,
        messageId: `invitation-${invitation}`,
        // Behind the #, which no server on the way writes down.
        facts: { url: `${pageUrl}#token=${token}`, goodForMs: INVITATION_TTL_MS },
      });
    },

    async revoke(
      id: OrganizationId,
      { invitation, by }: { invitation: InvitationId; by: MemberEditor },
    ): Promise<void> {
      if (!(await store.revoke(id, { invitation, actor: by.actor }))) throw over();
    },

    /** Throws invitation.over, in the same words whatever is wrong with the link. */
    async look(token: string): Promise<InvitationView> {
      const found = await store.findInvitation(token);
      if (!found) throw over();
      return found;
    },

    /** Throws invitation.over, or invitation.other_address where the account has another address than the mail went to. */
    async accept({ account }: Fan, token: string): Promise<OrganizationId> {
      const accepted = await store.accept(token, account);
      if (accepted.kind === "joined") return accepted.organization;
      if (accepted.kind === "over") throw over();
      throw new AppError("invitation.other_address", { email: account.email });
    },
  };
}

const editorOf = ({ role, actor, account }: MemberEditor) => ({ actor, byAccount: account, byRole: role });

function refuseUnless(
  by: OrganizationRole,
  change: { from: OrganizationRole | null; to: OrganizationRole | null },
): void {
  if (!mayChangeMember(by, change)) throw new AppError("account.not_allowed");
}

function refuse(change: MemberChange): void {
  if (change.kind === "no_member") throw noMember();
  if (change.kind === "last_owner") throw new AppError("member.last_owner");
  if (change.kind === "owner_meanwhile" || change.kind === "editor_changed")
    throw new AppError("account.not_allowed");
}

const notFound = () => new AppError("organization.not_found", {});
const noMember = () => new AppError("member.not_found");
const slugTaken = (slug: string) => new AppError("organization.slug_taken", { slug });
const over = () => new AppError("invitation.over");

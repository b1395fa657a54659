import type { Fan, Installation, Member, Operator, Staff, Visitor } from "../actor/actor.ts";
import { refuseElsewhere } from "../actor/own-organization.ts";
import type { Mailer } from "../mail/mailer.ts";
import { changedMeanwhile } from "../audit/change.ts";
import { AppError } from "../shared/errors.ts";
import type { AccountId, OrganizationId } from "../shared/ids.ts";
import {
  INVITATION_LIMITS,
  INVITATION_TTL_MS,
  INVITATIONS_LIVE_MAX,
  type Invitation,
  type InvitationDraft,
  type InvitationId,
  type InvitationView,
} from "./invitation.ts";
import type { Member as OrganizationMember, Organization, OrganizationDraft } from "./organization.ts";
import type { OrganizationRole } from "../actor/organization-role.ts";
import type {
  MemberChange,
  MemberFilter,
  OrganizationChange,
  OrganizationStore,
} from "./organization-store.ts";
import { mayChangeMember, roleIn } from "./permissions.ts";

export type OrganizationServiceDeps = {
  readonly store: OrganizationStore;
  readonly newId: () => InvitationId;
  /** What the mail says for an invitation; nobody who reads the store can tell it. */
  readonly tokenOf: (id: InvitationId) => string;
  /** What it would have said under the installation's earlier secrets: an offer may be older than the present one. */
  readonly earlierTokensOf: (id: InvitationId) => readonly string[];
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
    list: (_actor: Installation) => store.list(),
    membershipsOf: ({ account }: Fan) => store.membershipsOf(account.id),

    async create(
      actor: Installation,
      draft: OrganizationDraft,
      owner: AccountId | null,
    ): Promise<Organization> {
      const created = await store.create(actor, draft, owner);
      if (!created) throw slugTaken(draft.slug);
      return created;
    },

    /** Throws change.stale where somebody saved since `version`. */
    async save(actor: Staff, id: OrganizationId, change: OrganizationChange): Promise<Organization> {
      refuseElsewhere(actor, id, notFound);
      const saved = await store.save(actor, id, change);
      switch (saved.kind) {
        case "saved":
          return saved.organization;
        case "slug_taken":
          throw slugTaken(change.draft.slug);
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
    async members(
      actor: Staff,
      id: OrganizationId,
      filter?: MemberFilter,
    ): Promise<readonly OrganizationMember[]> {
      refuseElsewhere(actor, id, notFound);
      return store.members(id, filter);
    },

    /** Those that are still open. */
    async invitations(
      actor: Staff,
      id: OrganizationId,
      filter?: MemberFilter,
    ): Promise<readonly Invitation[]> {
      refuseElsewhere(actor, id, notFound);
      return store.invitations(id, filter);
    },

    async setRole(
      actor: Staff,
      id: OrganizationId,
      { account, role }: { account: AccountId; role: OrganizationRole },
    ): Promise<void> {
      refuseElsewhere(actor, id, notFound);
      refuseUnless(actor, { from: await roleOf(id, account), to: role });
      // The store looks at both roles once more under its lock: an owner made meanwhile stays out of a manager's reach, and
      // who was removed meanwhile changes nobody.
      refuse(await store.setRole(actor, id, { account, role }));
    },

    /** Ends what the account may do here at once; it stays an account. */
    async remove(actor: Staff, id: OrganizationId, account: AccountId): Promise<void> {
      refuseElsewhere(actor, id, notFound);
      refuseUnless(actor, { from: await roleOf(id, account), to: null });
      refuse(await store.remove(actor, id, account));
    },

    /** By oneself, whatever the role; the last owner stays. */
    async leave(actor: Member | Operator, id: OrganizationId): Promise<void> {
      refuseElsewhere(actor, id, notFound);
      refuse(await store.remove(actor, id, actor.account.id));
    },
  };
}

function invitations(deps: OrganizationServiceDeps) {
  const { store, newId, tokenOf, earlierTokensOf, mailer, pageUrl } = deps;
  return {
    async invite(actor: Staff, id: OrganizationId, { email, role }: InvitationDraft): Promise<InvitationId> {
      refuseElsewhere(actor, id, notFound);
      refuseUnless(actor, { from: null, to: role });
      const invitation = newId();
      const token = tokenOf(invitation);
      const invited = await store.invite(actor, id, {
        id: invitation,
        email,
        role,
        token,
        ...INVITATION_LIMITS,
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
    /** A job of the outbox; repeated, it is the same mail. One that was taken back meanwhile sends none. */
    async sendInvitation(invitation: InvitationId): Promise<void> {
      for (const token of [tokenOf(invitation), ...earlierTokensOf(invitation)]) {
        const view = await store.findInvitation(token);
        if (!view) continue;
        return mailer.send({
          kind: "invitation",
          to: view.email,
          messageId: `invitation-${invitation}`,
          // Behind the #, which no server on the way writes down.
          facts: { url: `${pageUrl}#token=${token}`, goodForMs: INVITATION_TTL_MS },
        });
      }
    },

    /** An offer to become an owner is taken back by owners alone, as it is made by them alone. */
    async revoke(actor: Staff, id: OrganizationId, invitation: InvitationId): Promise<void> {
      refuseElsewhere(actor, id, notFound);
      refuseUnless(actor, { from: null, to: null });
      switch (await store.revoke(actor, id, invitation)) {
        case "revoked":
          return;
        case "over":
          throw over();
        case "owner_needed":
        case "editor_changed":
          throw new AppError("account.not_allowed");
      }
    },

    /** Throws invitation.over, in the same words whatever is wrong with the link. */
    async look(_actor: Visitor | Fan, token: string): Promise<InvitationView> {
      const found = await store.findInvitation(token);
      if (!found) throw over();
      return found;
    },

    /** Throws invitation.over, or invitation.other_address where the account has another address than the mail went to. */
    async accept(actor: Fan, token: string): Promise<OrganizationId> {
      const accepted = await store.accept(actor, token);
      if (accepted.kind === "joined") return accepted.organization;
      if (accepted.kind === "over") throw over();
      throw new AppError("invitation.other_address", { email: actor.account.email });
    },
  };
}

function refuseUnless(
  actor: Staff,
  change: { from: OrganizationRole | null; to: OrganizationRole | null },
): void {
  if (!mayChangeMember(roleIn(actor), change)) throw new AppError("account.not_allowed");
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

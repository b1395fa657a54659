import {
  AcceptedInvitation,
  InvitationOffer,
  InvitedMember,
  InviteMember,
  MembersAsk,
  MembersPage,
  MyOrganizations,
  OfferedInvitation,
  OneMember,
  OneOrganization,
  OrganizationSettings,
  Organizer,
  OrganizerAsk,
  RevokeInvitation,
  SetMemberRole,
  UpdateOrganization,
} from "@onsale/contract/organization";
import { Done } from "@onsale/contract/shared";
import { type Organization, OrganizationDraft } from "@onsale/core/organization/organization";
import { PERMISSIONS, PERMISSIONS_OF } from "@onsale/core/organization/permissions";
import { fanProcedure, memberProcedure, operatorProcedure, publicProcedure, router } from "../trpc.ts";

const done = { done: true } as const;

const settingsOf = ({ createdAtMs: _createdAtMs, ...settings }: Organization): OrganizationSettings =>
  settings;

const memberRouter = router({
  list: memberProcedure("members.read")
    .input(MembersAsk)
    .output(MembersPage)
    .query(async ({ ctx: { services, organization, actor }, input: { organizationId: _id, ...filter } }) => {
      const { organizations } = services;
      const [members, invitations] = await Promise.all([
        organizations.members(actor, organization, filter),
        organizations.invitations(actor, organization, filter),
      ]);
      return { members: [...members], invitations: [...invitations] };
    }),

  setRole: memberProcedure("members.write")
    .input(SetMemberRole)
    .output(Done)
    .mutation(async ({ ctx: { services, organization, actor }, input: { accountId, role } }) => {
      await services.organizations.setRole(actor, organization, { account: accountId, role });
      return done;
    }),

  remove: memberProcedure("members.write")
    .input(OneMember)
    .output(Done)
    .mutation(async ({ ctx: { services, organization, actor }, input: { accountId } }) => {
      await services.organizations.remove(actor, organization, accountId);
      return done;
    }),

  /** Of every role: who does not want to be a member any more goes. */
  leave: memberProcedure("event.read")
    .input(OneOrganization)
    .output(Done)
    .mutation(async ({ ctx: { services, sessions, sessionId, organization, actor } }) => {
      await services.organizations.leave(actor, organization);
      sessions.forget(sessionId);
      return done;
    }),

  invite: memberProcedure("members.write")
    .input(InviteMember)
    .output(InvitedMember)
    .mutation(async ({ ctx: { services, organization, actor }, input: { email, role } }) => ({
      invitationId: await services.organizations.invite(actor, organization, { email, role }),
    })),

  revokeInvitation: memberProcedure("members.write")
    .input(RevokeInvitation)
    .output(Done)
    .mutation(async ({ ctx: { services, organization, actor }, input: { invitationId } }) => {
      await services.organizations.revoke(actor, organization, invitationId);
      return done;
    }),
});

const invitationRouter = router({
  /** Who has the link may see what it offers. A mutation, so that the token travels in a body and stands in no server's log. */
  look: publicProcedure
    .meta({ limit: "verifyConfirm" })
    .input(OfferedInvitation)
    .output(InvitationOffer)
    .mutation(({ ctx: { services, actor }, input }) => services.organizations.look(actor, input.token)),

  accept: fanProcedure
    .meta({ limit: "verifyConfirm" })
    .input(OfferedInvitation)
    .output(AcceptedInvitation)
    .mutation(async ({ ctx: { services, sessions, sessionId, actor }, input }) => {
      const organizationId = await services.organizations.accept(actor, input.token);
      // The next page is the portal's, and leads into it.
      sessions.forget(sessionId);
      return { organizationId };
    }),
});

export const organizationRouter = router({
  /** Where the account may do something; an operator everywhere. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .output(MyOrganizations)
    .query(async ({ ctx: { services, actor } }) => {
      const { organizations } = services;
      if (actor.account.role === "operator") {
        const all = await organizations.list({ kind: "operator", account: actor.account });
        return all.map(({ id, slug, name }) => ({
          id,
          slug,
          name,
          role: null,
          permissions: [...PERMISSIONS],
        }));
      }
      const own = await organizations.membershipsOf(actor);
      return own.map(({ organization, slug, name, role }) => ({
        id: organization,
        slug,
        name,
        role,
        permissions: [...PERMISSIONS_OF[role]],
      }));
    }),

  /** Its first owner is invited afterwards. */
  create: operatorProcedure
    .input(OrganizationDraft)
    .output(OrganizationSettings)
    .mutation(async ({ ctx: { services, actor }, input }) =>
      settingsOf(await services.organizations.create(actor, input, null)),
    ),

  get: memberProcedure("event.read")
    .input(OneOrganization)
    .output(OrganizationSettings)
    .query(async ({ ctx: { services, organization } }) =>
      settingsOf(await services.organizations.require(organization)),
    ),

  update: memberProcedure("organization.write")
    .input(UpdateOrganization)
    .output(OrganizationSettings)
    .mutation(async ({ ctx: { services, organization, actor }, input: { version, draft } }) =>
      settingsOf(await services.organizations.save(actor, organization, { version, draft })),
    ),

  members: memberRouter,
  invitations: invitationRouter,
});

/** What everybody may know of who sells. Its events: `event.list` with its id. */
export const organizerRouter = router({
  get: publicProcedure
    .meta({ limit: "read" })
    .input(OrganizerAsk)
    .output(Organizer)
    .query(async ({ ctx: { services }, input }) => {
      const { id, slug, name, address, contactEmail } = await services.organizations.require(input.slug);
      return { id, slug, name, address, contactEmail };
    }),
});

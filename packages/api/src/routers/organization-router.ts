import { Version } from "@onsale/core/audit/change";
import { InvitationDraft, InvitationId, InvitationToken } from "@onsale/core/organization/invitation";
import {
  type Organization,
  OrganizationDraft,
  OrganizationSlug,
} from "@onsale/core/organization/organization";
import { OrganizationRole } from "@onsale/core/actor/organization-role";
import { PERMISSIONS, PERMISSIONS_OF } from "@onsale/core/organization/permissions";
import { AccountId, OrganizationId } from "@onsale/core/shared/ids";
import { z } from "zod";
import { fanProcedure, memberProcedure, operatorProcedure, publicProcedure, router } from "../trpc.ts";

const Settings = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  address: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  contactEmail: z.string(),
  version: z.number(),
});
const Mine = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  /** null: an operator, who is no member. */
  role: OrganizationRole.nullable(),
  permissions: z.array(z.enum(PERMISSIONS)),
});
const Member = z.object({
  accountId: z.string(),
  email: z.string(),
  name: z.string(),
  role: OrganizationRole,
  sinceMs: z.number(),
});
const Open = z.object({
  id: z.string(),
  email: z.string(),
  role: OrganizationRole,
  invitedBy: z.string(),
  createdAtMs: z.number(),
  expiresAtMs: z.number(),
});
const Done = z.object({ done: z.literal(true) });
const done = { done: true } as const;
const Of = z.strictObject({ organizationId: OrganizationId });

const settingsOf = ({ createdAtMs: _createdAtMs, ...settings }: Organization): z.infer<typeof Settings> =>
  settings;

const memberRouter = router({
  list: memberProcedure("members.read")
    .input(Of)
    .output(z.object({ members: z.array(Member), invitations: z.array(Open) }))
    .query(async ({ ctx: { services, organization } }) => {
      const { organizations } = services;
      const [members, invitations] = await Promise.all([
        organizations.members(organization),
        organizations.invitations(organization),
      ]);
      return { members: [...members], invitations: [...invitations] };
    }),

  setRole: memberProcedure("members.write")
    .input(Of.extend({ accountId: AccountId, role: OrganizationRole }))
    .output(Done)
    .mutation(async ({ ctx: { services, organization, by }, input: { accountId, role } }) => {
      await services.organizations.setRole(organization, { account: accountId, role, by });
      return done;
    }),

  remove: memberProcedure("members.write")
    .input(Of.extend({ accountId: AccountId }))
    .output(Done)
    .mutation(async ({ ctx: { services, organization, by }, input: { accountId } }) => {
      await services.organizations.remove(organization, { account: accountId, by });
      return done;
    }),

  /** Of every role: who does not want to be a member any more goes. */
  leave: memberProcedure("event.read")
    .input(Of)
    .output(Done)
    .mutation(async ({ ctx: { services, organization, account } }) => {
      await services.organizations.leave(organization, account);
      return done;
    }),

  invite: memberProcedure("members.write")
    .input(Of.extend(InvitationDraft.shape))
    .output(z.object({ invitationId: z.string() }))
    .mutation(async ({ ctx: { services, organization, by }, input: { email, role } }) => ({
      invitationId: await services.organizations.invite(organization, { email, role, by }),
    })),

  revokeInvitation: memberProcedure("members.write")
    .input(Of.extend({ invitationId: InvitationId }))
    .output(Done)
    .mutation(async ({ ctx: { services, organization, by }, input: { invitationId } }) => {
      await services.organizations.revoke(organization, { invitation: invitationId, by });
      return done;
    }),
});

const invitationRouter = router({
  /** Who has the link may see what it offers. A mutation, so that the token travels in a body and stands in no server's log. */
  look: publicProcedure
    .meta({ limit: "verifyConfirm" })
    .input(z.strictObject({ token: InvitationToken }))
    .output(
      z.object({
        organizationName: z.string(),
        email: z.string(),
        role: OrganizationRole,
        invitedBy: z.string(),
        expiresAtMs: z.number(),
      }),
    )
    .mutation(({ ctx: { services }, input }) => services.organizations.look(input.token)),

  accept: fanProcedure
    .meta({ limit: "verifyConfirm" })
    .input(z.strictObject({ token: InvitationToken }))
    .output(z.object({ organizationId: z.string() }))
    .mutation(async ({ ctx: { services, actor }, input }) => ({
      organizationId: await services.organizations.accept(actor, input.token),
    })),
});

export const organizationRouter = router({
  /** Where the account may do something; an operator everywhere. */
  mine: fanProcedure
    .meta({ limit: "read" })
    .output(z.array(Mine))
    .query(async ({ ctx: { services, actor } }) => {
      const { organizations } = services;
      if (actor.account.role === "operator") {
        const all = await organizations.list();
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
    .output(Settings)
    .mutation(async ({ ctx: { services, account }, input }) =>
      settingsOf(await services.organizations.create(input, { owner: null, actor: account.email })),
    ),

  get: memberProcedure("event.read")
    .input(Of)
    .output(Settings)
    .query(async ({ ctx: { services, organization } }) =>
      settingsOf(await services.organizations.require(organization)),
    ),

  update: memberProcedure("organization.write")
    .input(Of.extend({ version: Version, draft: OrganizationDraft }))
    .output(Settings)
    .mutation(async ({ ctx: { services, organization, by }, input: { version, draft } }) =>
      settingsOf(await services.organizations.save(organization, draft, { version, actor: by.actor })),
    ),

  members: memberRouter,
  invitations: invitationRouter,
});

/** What everybody may know of who sells. Its events: `event.list` with its id. */
export const organizerRouter = router({
  get: publicProcedure
    .meta({ limit: "read" })
    .input(z.strictObject({ slug: OrganizationSlug }))
    .output(
      z.object({
        id: z.string(),
        slug: z.string(),
        name: z.string(),
        address: z.string(),
        contactEmail: z.string(),
      }),
    )
    .query(async ({ ctx: { services }, input }) => {
      const { id, slug, name, address, contactEmail } = await services.organizations.require(input.slug);
      return { id, slug, name, address, contactEmail };
    }),
});

import { createHash } from "node:crypto";
import { Stale } from "@onsale/core/audit/change";
import type { Staff } from "@onsale/core/actor/actor";
import { InvitationId } from "@onsale/core/organization/invitation";
import type { Member, Organization } from "@onsale/core/organization/organization";
import { OrganizationRole } from "@onsale/core/actor/organization-role";
import type { MemberChange, OrganizationStore } from "@onsale/core/organization/organization-store";
import { mayChangeMember, roleIn } from "@onsale/core/organization/permissions";
import type { Owned } from "@onsale/core/organization/owned";
import { AccountId, EventId, OrganizationId } from "@onsale/core/shared/ids";
import type postgres from "postgres";
import { z } from "zod";
import { audited, auditAppend } from "../audit/audited.ts";
import type { Database, Sql } from "../client.ts";
import { holdsWords } from "../holds-words.ts";
import { brokenConstraint } from "../pg-errors.ts";
import { retryConflicts } from "../retry.ts";
import { withTx } from "../with-tx.ts";
import { scopeOf } from "./scope.ts";

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const Saved = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("saved") }),
  z.object({ kind: z.literal("not_found") }),
  Stale,
]);
const Changed = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), before: OrganizationRole }),
  z.object({ kind: z.enum(["no_member", "last_owner", "owner_meanwhile", "editor_changed"]) }),
]);
const Invited = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["invited", "member_already", "too_many", "editor_changed"]) }),
  z.object({ kind: z.literal("too_soon"), retryInMs: z.number() }),
]);
const Revoked = z.enum(["revoked", "over", "owner_needed", "editor_changed"]);
const Accepted = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("joined"), organizationId: OrganizationId }),
  z.object({ kind: z.enum(["over", "other_address"]) }),
]);
const Invitations = z.array(
  z.object({
    id: InvitationId,
    email: z.string(),
    role: OrganizationRole,
    invitedBy: z.string(),
    createdAtMs: z.number(),
    expiresAtMs: z.number(),
  }),
);

export function makePgOrganizationStore(database: Database): OrganizationStore {
  return {
    ...settings(database),
    ...memberships(database),
    ...members(database),
    ...invitations(database),
  };
}

/** Who changes members and as what, so that the functions look once more. Null: no member, as in the terminal. */
const editorOf = (actor: Staff) => ({
  byAccount: actor.kind === "member" ? actor.account.id : null,
  byRole: roleIn(actor),
});
/** Everybody may go by themselves, also while somebody else gives them another role. */
const leaverOr = (actor: Staff, account: AccountId) =>
  actor.kind === "member" && actor.account.id === account
    ? { byAccount: null, byRole: "owner" }
    : editorOf(actor);

/** What somebody of this role may invite others as; what they offered beyond it is void. */
const offersOf = (by: OrganizationRole) =>
  OrganizationRole.options.filter((to) => mayChangeMember(by, { from: null, to }));

/** `p` as the one JSON argument of a function of ours that answers JSON. */
async function call(sql: Sql, name: string, p: string): Promise<unknown> {
  const [row] = await retryConflicts(() => sql`select ${sql(name)}(${p}::text::jsonb) as answer`);
  return row?.["answer"];
}

function settings(database: Database) {
  const { sql } = database;
  const { andOrganization } = scopeOf(database);
  async function find(key: string): Promise<Organization | null> {
    const id = OrganizationId.safeParse(key).data;
    const rows = await sql`
      select ${columns(sql)} from organization
      where ${id ? sql`id = ${id}` : sql`slug = ${key}`} ${andOrganization(sql`id`)}`;
    return Rows.parse([...rows])[0] ?? null;
  }
  return {
    find,
    async create(actor, draft, owner) {
      try {
        return await withTx(database, async (tx) => {
          const [row] = await tx`
            insert into organization (slug, name, legal_name, address, currency, time_zone, contact_email)
            values (${draft.slug}, ${draft.name}, ${draft.legalName}, ${draft.address}, ${draft.currency},
              ${draft.timeZone}, ${draft.contactEmail})
            returning ${columns(tx)}`;
          const organization = Row.parse(row);
          if (owner !== null)
            await tx`
              insert into organization_member (organization_id, account_id, role)
              values (${organization.id}, ${owner}, 'owner')`;
          const created = { chain: organization.id, action: "organization.created" };
          await auditAppend(tx, actor, { ...created, detail: { ...draft, owner } });
          return organization;
        });
      } catch (error) {
        if (brokenConstraint(error) === "organization_slug_once") return null;
        throw error;
      }
    },
    async list() {
      const rows = await sql`select ${columns(sql)} from organization order by lower(name), id`;
      return Rows.parse([...rows]);
    },
    async save(actor, id, change) {
      try {
        const saved = Saved.parse(await call(sql, "save_organization", audited(actor, { id, ...change })));
        if (saved.kind !== "saved") return saved;
      } catch (error) {
        if (brokenConstraint(error) === "organization_slug_once") return { kind: "slug_taken" };
        throw error;
      }
      const organization = await find(id);
      return organization ? { kind: "saved", organization } : { kind: "not_found" };
    },
  } satisfies Partial<OrganizationStore>;
}

const Row = z.object({
  id: OrganizationId,
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  address: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  contactEmail: z.string(),
  version: z.int(),
  createdAtMs: z.number(),
});
const Rows = z.array(Row);
const columns = (sql: Sql | postgres.TransactionSql) => sql`
  id, slug, name, legal_name as "legalName", address, currency, time_zone as "timeZone",
  contact_email as "contactEmail", version, ms_of(created_at)::float8 as "createdAtMs"`;

/** The organization that owns a thing, as a subquery. */
function ownerOf(sql: Sql, thing: Owned) {
  if ("organizationId" in thing) return sql`(select id from organization where id = ${thing.organizationId})`;
  if ("eventId" in thing) return sql`(select organization_id from event where id = ${thing.eventId})`;
  if ("venueId" in thing) return sql`(select organization_id from venue where id = ${thing.venueId})`;
  if ("layoutId" in thing) return sql`(select organization_id from layout where id = ${thing.layoutId})`;
  if ("idOrSlug" in thing) {
    const id = EventId.safeParse(thing.idOrSlug).data;
    if (id) return ownerOf(sql, { eventId: id });
    return sql`(
      select e.organization_id from event_address a join event e on e.id = a.event_id where a.slug = ${thing.idOrSlug})`;
  }
  return sql`(select e.organization_id from line l join event e on e.id = l.event_id where l.id = ${thing.lineId})`;
}

function memberships(database: Database) {
  const { sql } = database;
  const { andOrganization } = scopeOf(database);
  return {
    async ownerOf(thing) {
      const [row] = await sql`select ${ownerOf(sql, thing)} as id`;
      return OrganizationId.nullable().parse(row?.["id"] ?? null);
    },
    async membershipFor(account, thing) {
      const [row] = await sql`
        select organization_id as id, role from organization_member
        where account_id = ${account} and organization_id = ${ownerOf(sql, thing)}
          ${andOrganization(sql`organization_id`)}`;
      if (!row) return null;
      return { organization: OrganizationId.parse(row["id"]), role: OrganizationRole.parse(row["role"]) };
    },
    async membershipsOf(account) {
      const rows = await sql`
        select o.id as organization, m.role, o.name, o.slug from organization_member m
        join organization o on o.id = m.organization_id
        where m.account_id = ${account} order by lower(o.name), o.id`;
      return z
        .array(
          z.object({
            organization: OrganizationId,
            role: OrganizationRole,
            name: z.string(),
            slug: z.string(),
          }),
        )
        .parse([...rows]);
    },
  } satisfies Partial<OrganizationStore>;
}

function members(database: Database) {
  const { sql } = database;
  const { andOrganization } = scopeOf(database);
  const change = async (p: string): Promise<MemberChange> =>
    Changed.parse(await call(sql, "change_member", p));
  return {
    add: (actor, id, { account, role }) =>
      withTx(database, async (tx) => {
        const added = await tx`
          insert into organization_member (organization_id, account_id, role) values (${id}, ${account}, ${role})
          on conflict (organization_id, account_id) do nothing`;
        if (added.count === 0) return;
        await auditAppend(tx, actor, { chain: id, action: "member.added", detail: { account, role } });
      }),
    async members(id, { query = "", role = null } = {}) {
      const rows = await sql`
        select a.id as "accountId", a.email, a.name, m.role, ms_of(m.since)::float8 as "sinceMs"
        from organization_member m join account a on a.id = m.account_id
        where m.organization_id = ${id} ${andOrganization(id)}
          and ${holdsWords(sql, query, [sql`a.email`, sql`a.name`])} and (${role}::text is null or m.role = ${role})
        order by a.email`;
      const Member = z.object({
        accountId: AccountId,
        email: z.string(),
        name: z.string(),
        role: OrganizationRole,
        sinceMs: z.number(),
      });
      return z.array(Member).parse([...rows]) satisfies Member[];
    },
    setRole: (actor, id, { account, role }) =>
      change(audited(actor, { id, accountId: account, role, offers: offersOf(role), ...editorOf(actor) })),
    remove: (actor, id, account) =>
      change(audited(actor, { id, accountId: account, role: null, offers: [], ...leaverOr(actor, account) })),
  } satisfies Partial<OrganizationStore>;
}

function invitations(database: Database) {
  const { sql } = database;
  const { andOrganization } = scopeOf(database);
  const isOpen = sql`accepted_at is null and revoked_at is null and expires_at > clock_timestamp()`;
  return {
    async invite(actor, organizationId, { token, ...invitation }) {
      return Invited.parse(
        await call(
          sql,
          "invite_member",
          audited(actor, { organizationId, tokenHash: hashOf(token), ...invitation, ...editorOf(actor) }),
        ),
      );
    },
    async invitations(id, { query = "", role = null } = {}) {
      const rows = await sql`
        select id, email, role, invited_by as "invitedBy", ms_of(created_at)::float8 as "createdAtMs",
          ms_of(expires_at)::float8 as "expiresAtMs"
        from organization_invitation where organization_id = ${id} and ${isOpen} ${andOrganization(id)}
          and ${holdsWords(sql, query, [sql`email`])} and (${role}::text is null or role = ${role})
        order by created_at, id`;
      return Invitations.parse([...rows]);
    },
    revoke: async (actor, organizationId, invitation) =>
      Revoked.parse(
        await call(
          sql,
          "revoke_invitation",
          audited(actor, { organizationId, invitation, ...editorOf(actor) }),
        ),
      ),
    async findInvitation(token) {
      const [row] = await sql`
        select i.email, i.role, o.name as "organizationName", i.invited_by as "invitedBy",
          ms_of(i.expires_at)::float8 as "expiresAtMs"
        from organization_invitation i join organization o on o.id = i.organization_id
        where i.token_hash = decode(${hashOf(token)}, 'hex') and ${isOpen}
          and not inviter_is_gone(i.invited_by, i.organization_id)`;
      if (!row) return null;
      return z
        .object({
          email: z.string(),
          role: OrganizationRole,
          organizationName: z.string(),
          invitedBy: z.string(),
          expiresAtMs: z.number(),
        })
        .parse(row);
    },
    async accept(actor, token) {
      const { id, email } = actor.account;
      const p = audited(actor, { tokenHash: hashOf(token), accountId: id, email });
      const accepted = Accepted.parse(await call(sql, "accept_invitation", p));
      return accepted.kind === "joined"
        ? { kind: "joined", organization: accepted.organizationId }
        : accepted;
    },
  } satisfies Partial<OrganizationStore>;
}

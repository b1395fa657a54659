import type { Account } from "@onsale/core/actor/account";
import { fan, type Member, type Staff, system } from "@onsale/core/actor/actor";
import { TESTER, staffNamed } from "@onsale/core/actor/testing/staff";
import { randomBytes, randomUUID } from "node:crypto";
import { InvitationId } from "@onsale/core/organization/invitation";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import type { MemberFilter } from "@onsale/core/organization/organization-store";
import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import { FAN_SESSION_MS, SessionId, STAFF_SESSION_MS } from "@onsale/core/account/session";
import { must } from "@onsale/core/shared/assert";
import type { OrganizationId } from "@onsale/core/shared/ids";
import { expect, it } from "vitest";
import { makePgAccountStore } from "../account/pg-account-store.ts";
import { makePgSessionStore } from "../account/pg-session-store.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { withTx } from "../with-tx.ts";
import { makePgOrganizationStore } from "./pg-organization-store.ts";

/** Nobody of the organization: the installation's terminal. */
const TERMINAL = system("ticketctl");

describeWithDatabase("an organization", (database) => {
  const store = () => makePgOrganizationStore(database());
  const draft = (over: Partial<OrganizationDraft> = {}) =>
    OrganizationDraft.parse({
      slug: `o-${randomUUID()}`,
      name: "Harbour",
      currency: "EUR",
      timeZone: "Europe/Amsterdam",
      contactEmail: "tickets@harbour.example",
      ...over,
    });
  const person = async () =>
    must(
      await makePgAccountStore(database()).create({
        email: `${randomUUID()}@fans.example`,
        name: "Kim",
        passwordHash: null,
        role: "fan",
      }),
      "a random address is not taken",
    );
  async function organization(...roles: OrganizationRole[]) {
    const { id } = must(await store().create(TESTER, draft(), null), "its slug is new");
    const members = [];
    for (const role of roles) {
      const account = await person();
      await store().add(TESTER, id, { account: account.id, role });
      members.push(account);
    }
    return { id, members };
  }
  const as = (id: OrganizationId, role: OrganizationRole, account: Account | undefined): Member => ({
    kind: "member",
    account: must(account, "there is such a member"),
    organization: id,
    role,
  });
  const rolesOf = async (id: OrganizationId) =>
    (await store().members(id)).map(({ role }) => role).toSorted();
  const invite = async (
    id: OrganizationId,
    over: { email?: string; role?: OrganizationRole; ttlMs?: number; by?: Staff } = {},
  ) => {
    const token = randomBytes(32).toString("base64url");
    const invitation = InvitationId.parse(randomUUID());
    const email = over.email ?? `${randomUUID()}@fans.example`;
    const invited = await store().invite(over.by ?? TERMINAL, id, {
      id: invitation,
      email,
      role: over.role ?? "scanner",
      token,
      ttlMs: over.ttlMs ?? 60_000,
      liveMax: 3,
      mailboxPerDay: 3,
      organizationPerDay: 10,
    });
    return { ...invited, invitation, token, email };
  };

  it("keeps an owner, also when two of them go, or take the other's role, at the same moment, 20 times", async () => {
    for (let round = 0; round < 20; round += 1) {
      // oxlint-disable no-await-in-loop -- each round is a race of its own
      const { id, members } = await organization("owner", "owner");
      const changes = members.map(({ id: account }, at) =>
        at === 0
          ? store().remove(TERMINAL, id, account)
          : store().setRole(TERMINAL, id, { account, role: "read_only" }),
      );
      const kinds = (await Promise.all(changes)).map(({ kind }) => kind).toSorted();
      // oxlint-enable no-await-in-loop
      expect(kinds).toEqual(["done", "last_owner"]);
      expect(await rolesOf(id)).toContain("owner");
    }
  });

  it("lets nobody but an owner touch one who became an owner meanwhile", async () => {
    const { id, members } = await organization("owner", "owner", "manager");
    const account = must(members[0], "there are three").id;
    const manager = as(id, "manager", members[2]);
    expect(await store().remove(manager, id, account)).toEqual({ kind: "owner_meanwhile" });
    expect(await store().setRole(manager, id, { account, role: "scanner" })).toEqual({
      kind: "owner_meanwhile",
    });
  });

  it("takes up an invitation once, for the address the mail went to, and only while it is open", async () => {
    const { id } = await organization("owner");
    const account = await person();
    const asked = await invite(id, { email: account.email, role: "manager" });
    expect(await store().findInvitation(asked.token)).toMatchObject({
      email: account.email,
      role: "manager",
    });
    expect(await store().accept(fan(await person()), asked.token)).toEqual({ kind: "other_address" });
    const both = await Promise.all([
      store().accept(fan(account), asked.token),
      store().accept(fan(account), asked.token),
    ]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(["joined", "over"]);
    expect(await store().membershipFor(account.id, { organizationId: id })).toEqual({
      organization: id,
      role: "manager",
    });
    expect(await store().findInvitation(asked.token)).toBeNull();
    expect((await invite(id, { email: account.email })).kind).toBe("member_already");

    const old = await invite(id, { email: (await person()).email, ttlMs: -1 });
    expect(await store().findInvitation(old.token)).toBeNull();
    expect((await store().accept(fan({ ...(await person()), email: old.email }), old.token)).kind).toBe(
      "over",
    );

    const gone = await invite(id);
    expect(await store().revoke(TESTER, id, gone.invitation)).toBe("revoked");
    expect(await store().revoke(TESTER, id, gone.invitation)).toBe("over");
    expect(await store().findInvitation(gone.token)).toBeNull();
  });

  it("replaces an open invitation of the same address, and has no more than its limit open", async () => {
    const { id } = await organization("owner");
    const first = await invite(id);
    const second = await invite(id, { email: first.email });
    expect(await store().findInvitation(first.token)).toBeNull();
    expect(await store().findInvitation(second.token)).not.toBeNull();
    const many = await Promise.all(Array.from({ length: 6 }, () => invite(id)));
    expect(many.filter(({ kind }) => kind === "invited")).toHaveLength(2);
    expect(await store().invitations(id)).toHaveLength(3);
  });

  it("lists members and invitations by words of their name or address, in any case, and by role", async () => {
    const { id, members } = await organization("owner", "scanner");
    const [owner, scanner] = members;
    await invite(id, { email: "ute.box@fans.example", role: "box_office" });
    await invite(id, { email: "100%_sure@fans.example", role: "scanner" });
    const found = async (filter: MemberFilter) => [
      ...(await store().members(id, filter)).map(({ email }) => email),
      ...(await store().invitations(id, filter)).map(({ email }) => email),
    ];
    expect(await found({ role: "scanner" })).toEqual([scanner?.email, "100%_sure@fans.example"]);
    expect(await found({ query: "UTE.B" })).toEqual(["ute.box@fans.example"]);
    expect(await found({ query: "%_" })).toEqual(["100%_sure@fans.example"]);
    expect(await found({ query: owner?.email ?? "", role: "scanner" })).toEqual([]);
    expect(await found({})).toHaveLength(4);
  });

  it("changes nobody by whom it removed, or gave another role, since the change was judged", async () => {
    const { id, members } = await organization("owner", "owner", "manager", "scanner");
    const [first, second, manager, scanner] = members;
    const by = as(id, "owner", second);
    await store().remove(TERMINAL, id, by.account.id);
    const account = must(first, "there are four").id;
    expect(await store().remove(by, id, account)).toEqual({ kind: "editor_changed" });
    expect(await store().setRole(by, id, { account, role: "scanner" })).toEqual({ kind: "editor_changed" });
    expect((await invite(id, { by })).kind).toBe("editor_changed");
    const { invitation } = await invite(id);
    expect(await store().revoke(by, id, invitation)).toBe("editor_changed");

    const asManager = as(id, "manager", manager);
    const other = must(scanner, "there are four").id;
    expect((await store().setRole(asManager, id, { account: other, role: "finance" })).kind).toBe("done");
    await store().setRole(TERMINAL, id, { account: asManager.account.id, role: "finance" });
    expect((await store().remove(asManager, id, other)).kind).toBe("editor_changed");
    expect(await rolesOf(id)).toEqual(["finance", "finance", "owner"]);
  });

  it("fills nobody's mailbox: a mailbox and an organization have so many invitations a day, taken back or not", async () => {
    const [one, other] = [await organization("owner"), await organization("owner")];
    const { email } = await invite(one.id);
    await invite(one.id, { email });
    await invite(other.id, { email });
    for (const id of [one.id, other.id]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await invite(id, { email })).toMatchObject({ kind: "too_soon", retryInMs: expect.any(Number) });
    }
    const kinds = [];
    for (let n = 0; n < 12; n += 1) {
      // oxlint-disable no-await-in-loop -- each is taken back before the next
      const { kind, invitation } = await invite(one.id);
      kinds.push(kind);
      await store().revoke(TESTER, one.id, invitation);
      // oxlint-enable no-await-in-loop
    }
    expect(kinds.filter((kind) => kind === "invited")).toHaveLength(8);
    expect(new Set(kinds.slice(8))).toEqual(new Set(["too_soon"]));
  });

  it("makes a session of a fan who becomes a member as short as staff's, and no session longer", async () => {
    const { id } = await organization("owner");
    const sessions = makePgSessionStore(database());
    const account = await person();
    const session = SessionId.parse(randomUUID());
    await sessions.open({ id: session, accountId: account.id, device: "a test" });
    const endOf = async () => (await sessions.listOf(account.id)).find((row) => row.id === session)?.endsAtMs;
    expect(await endOf()).toBeGreaterThan(Date.now() + FAN_SESSION_MS - 60_000);
    await store().add(TESTER, id, { account: account.id, role: "scanner" });
    const end = must(await endOf(), "it is not over");
    expect(Math.abs(end - Date.now() - STAFF_SESSION_MS)).toBeLessThan(60_000);
    await store().remove(TERMINAL, id, account.id);
    expect(await endOf()).toBe(end);
  });

  it("makes it as short when it is opened while its fan becomes a member", async () => {
    const { id } = await organization("owner");
    const account = await person();
    const session = SessionId.parse(randomUUID());
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: opened, resolve: isOpen } = Promise.withResolvers<void>();
    const opening = withTx(database(), async (tx) => {
      const lifetimes = { fanMs: FAN_SESSION_MS, staffMs: STAFF_SESSION_MS };
      const ask = JSON.stringify({ id: session, accountId: account.id, device: "a test", ...lifetimes });
      await tx`select open_session(${ask}::text::jsonb)`;
      isOpen();
      await mayEnd;
    });
    await opened;
    const joining = store().add(TESTER, id, { account: account.id, role: "scanner" });
    const waits = async () => {
      const [row] = await database().owner.sql`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      return row?.["count"] === 1;
    };
    const joined = joining.then(() => true);
    while (!(await Promise.race([joined, waits()])));
    end();
    await Promise.all([opening, joining]);
    const [row] = await makePgSessionStore(database()).listOf(account.id);
    expect(Math.abs(must(row, "it is open").endsAtMs - Date.now() - STAFF_SESSION_MS)).toBeLessThan(60_000);
  });

  it("cannot take back an invitation of another", async () => {
    const [one, other] = [await organization("owner"), await organization("owner")];
    const { invitation } = await invite(one.id);
    expect(await store().revoke(TESTER, other.id, invitation)).toBe("over");
  });

  it("takes an offer to become an owner back for owners alone", async () => {
    const { id, members } = await organization("owner", "manager");
    const [owner, manager] = [as(id, "owner", members[0]), as(id, "manager", members[1])];
    const offer = await invite(id, { role: "owner" });
    expect(await store().revoke(manager, id, offer.invitation)).toBe("owner_needed");
    expect(await store().findInvitation(offer.token)).not.toBeNull();
    expect(await store().revoke(owner, id, offer.invitation)).toBe("revoked");
    const lesser = await invite(id, { role: "manager" });
    expect(await store().revoke(manager, id, lesser.invitation)).toBe("revoked");
  });

  it("makes void what a member offered who may not change members any more", async () => {
    const { id, members } = await organization("owner", "manager");
    const [, manager] = members;
    const offer = await invite(id, { role: "scanner", by: as(id, "manager", manager) });
    const other = await invite(id, { role: "scanner" });
    const { id: account } = must(manager, "there is one");
    await store().setRole(TERMINAL, id, { account, role: "finance" });
    expect(await store().findInvitation(offer.token)).toBeNull();
    expect(await store().findInvitation(other.token)).not.toBeNull();
  });

  it("makes void what a member offered who was removed, and who is no owner any more offers no ownership", async () => {
    const { id, members } = await organization("owner", "owner", "manager");
    const [second, manager] = [as(id, "owner", members[1]), as(id, "manager", members[2])];
    const left = await invite(id, { by: manager, email: (await person()).email });
    const others = await invite(id, { by: second, role: "owner" });
    await store().remove(TERMINAL, id, manager.account.id);
    expect(await store().findInvitation(left.token)).toBeNull();
    expect((await store().accept(fan({ ...(await person()), email: left.email }), left.token)).kind).toBe(
      "over",
    );
    expect(await store().findInvitation(others.token)).not.toBeNull();

    const lesser = await invite(id, { by: second, role: "scanner" });
    await store().setRole(TERMINAL, id, { account: second.account.id, role: "manager" });
    expect(await store().findInvitation(others.token)).toBeNull();
    expect(await store().findInvitation(lesser.token)).not.toBeNull();
  });

  it("lets nobody in by what an account offers that is disabled, or runs the installation no more", async () => {
    const { id, members } = await organization("owner", "manager");
    const { account: manager } = as(id, "manager", members[1]);
    const former = await person();
    const offers = [
      await invite(id, { role: "scanner", by: as(id, "manager", members[1]) }),
      await invite(id, { role: "scanner", by: { kind: "operator", account: former } }),
    ];
    await database().sql`update account set disabled_at = now() where id = ${manager.id}`;
    for (const { email, token } of offers) {
      expect(await store().findInvitation(token)).toBeNull();
      expect(await store().accept(fan({ ...(await person()), email }), token)).toEqual({ kind: "over" });
    }
    await database().sql`update account set disabled_at = null where id = ${manager.id}`;
    expect(await store().findInvitation(must(offers[0], "the first").token)).not.toBeNull();
  });

  it("saves its settings from the newest version alone, and its slug is its own", async () => {
    const { id } = await organization("owner");
    const by = { version: 1 };
    expect(
      await store().save(staffNamed("ana"), id, { ...by, draft: draft({ name: "Haven" }) }),
    ).toMatchObject({
      kind: "saved",
      organization: { name: "Haven", version: 2 },
    });
    expect(
      await store().save(staffNamed("ana"), id, { ...by, draft: draft({ name: "Other" }) }),
    ).toMatchObject({
      kind: "stale",
      version: 2,
      changes: [{ by: "ana", fields: ["name", "slug"] }],
    });
    const taken = draft();
    await store().create(TESTER, taken, null);
    expect(await store().save(staffNamed("ana"), id, { version: 2, draft: taken })).toEqual({
      kind: "slug_taken",
    });
    expect(await store().create(TESTER, taken, null)).toBeNull();
  });
});

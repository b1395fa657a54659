import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import type { Role } from "@onsale/core/actor/account";
import { FAN_SESSION_MS, SessionId, STAFF_SESSION_MS } from "@onsale/core/account/session";
import { must } from "@onsale/core/shared/assert";
import type { AccountId } from "@onsale/core/shared/ids";
import { expect, it } from "vitest";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgAccountStore } from "./pg-account-store.ts";
import { makePgSessionStore } from "./pg-session-store.ts";
import { makePgOrganizationStore } from "../organization/pg-organization-store.ts";
import { testOrganization } from "../testing/sale-fixture.ts";

describeWithDatabase("sessions", (database) => {
  const store = () => makePgSessionStore(database());
  const accounts = () => makePgAccountStore(database());
  const person = async (role: Role = "fan") =>
    must(
      await accounts().create({
        email: `${randomUUID()}@fans.example`,
        name: "Ada",
        passwordHash: "old",
        role,
      }),
      "a random address is free",
    );
  const newId = () => SessionId.parse(randomUUID());
  const open = async (accountId: AccountId) => {
    const id = newId();
    await store().open({ id, accountId, device: "Firefox on Linux", passwordHash: "old" });
    return id;
  };
  const live = async (...ids: SessionId[]) => [...(await store().findLive(ids)).keys()];

  it("ends after thirty days for a fan and after twelve hours for staff, and nothing makes it longer", async () => {
    const member = await person();
    const organization = await testOrganization(database());
    await makePgOrganizationStore(database()).add(TESTER, organization, {
      account: member.id,
      role: "scanner",
    });
    await open(member.id);
    const [ofMember] = await store().listOf(member.id);
    expect(ofMember && ofMember.endsAtMs - ofMember.createdAtMs).toBe(STAFF_SESSION_MS);
    for (const [role, ms] of [
      ["fan", FAN_SESSION_MS],
      ["operator", STAFF_SESSION_MS],
    ] as const) {
      const { id } = await person(role);
      const session = await open(id);
      const [row] = await store().listOf(id);
      expect(row && row.endsAtMs - row.createdAtMs).toBe(ms);
      const longer = database()
        .sql`update session set ends_at = ends_at + interval '1 second' where id = ${session}`;
      await expect(longer).rejects.toMatchObject({ constraint_name: "session_only_ends" });
    }
    const { id } = await person();
    const forEver = database().sql`
      insert into session (id, account_id, device, created_at, seen_at, ends_at)
      values (${randomUUID()}, ${id}, 'x', now(), now(), now() + interval '721 hours')`;
    await expect(forEver).rejects.toMatchObject({ constraint_name: "session_ends_in_time" });
  });

  it("what is over is not found, and cannot be opened again", async () => {
    const { id } = await person();
    const session = await open(id);
    expect(await live(session)).toEqual([session]);
    expect(await store().end({ accountId: id, id: session, by: "signed_out" })).toBe(true);
    expect(await store().end({ accountId: id, id: session, by: "signed_out" })).toBe(false);
    expect(await live(session)).toEqual([]);
    expect(await store().endedLately(15_000)).toContain(session);
    const again = database().sql`update session set ended_at = null, ended_by = null where id = ${session}`;
    await expect(again).rejects.toMatchObject({ constraint_name: "session_only_ends" });
  });

  it("one past its end is over without anybody ending it", async () => {
    const { id } = await person();
    const session = newId();
    await database().sql`
      insert into session (id, account_id, device, created_at, seen_at, ends_at)
      values (${session}, ${id}, 'x', now() - interval '2 hours', now(), now() - interval '1 second')`;
    expect(await live(session)).toEqual([]);
    expect(await store().listOf(id)).toEqual([]);
  });

  it("nobody ends somebody else's", async () => {
    const [ada, bob] = [await person(), await person()];
    const session = await open(ada.id);
    expect(await store().end({ accountId: bob.id, id: session, by: "elsewhere" })).toBe(false);
    await store().endAll({ accountId: bob.id, except: null, by: "elsewhere" });
    expect(await live(session)).toEqual([session]);
  });

  it("another role and a disabled account end every session, whoever writes the row", async () => {
    for (const change of ["role = 'operator'", "disabled_at = now()"]) {
      const { id } = await person();
      const sessions = [await open(id), await open(id)];
      await database().sql.unsafe(`update account set ${change} where id = '${id}'`);
      expect(await live(...sessions)).toEqual([]);
    }
    const { id } = await person();
    const session = await open(id);
    await database().sql`update account set name = 'Ada L.' where id = ${id}`;
    expect(await live(session)).toEqual([session]);
  });

  it("a new password ends every session but the one that it was changed in", async () => {
    const { id } = await person();
    const [here, elsewhere] = [await open(id), await open(id)];
    expect(await accounts().changePassword({ id, from: "old", to: "new", keep: here })).toBe(true);
    expect(await live(here, elsewhere)).toEqual([here]);
    expect(await accounts().changePassword({ id, from: "old", to: "newer", keep: here })).toBe(false);
    expect(await accounts().changePassword({ id, from: "new", to: "newest", keep: null })).toBe(true);
    expect(await live(here, elsewhere)).toEqual([]);
  });

  it("a disabled account and a password that was replaced open none, also at the same moment", async () => {
    const { id } = await person();
    await Promise.all([
      accounts().changePassword({ id, from: "old", to: "new", keep: null }),
      ...Array.from({ length: 8 }, () => open(id)),
    ]);
    expect(await store().listOf(id)).toEqual([]);
    await database().sql`update account set disabled_at = now() where id = ${id}`;
    expect(await store().open({ id: newId(), accountId: id, device: "x", passwordHash: "new" })).toBeNull();
    expect(
      (await accounts().findForSignIn((await accounts().findById(id))?.email ?? ""))?.passwordHash,
    ).toBeNull();
  });

  it("rows that have been over for long are deleted, and no other", async () => {
    const { id } = await person();
    const session = await open(id);
    const old = randomUUID();
    await database().sql`
      insert into session (id, account_id, device, created_at, seen_at, ends_at)
      values (${old}, ${id}, 'x', now() - interval '50 days', now(), now() - interval '40 days')`;
    expect(await store().forget(30 * 86_400_000)).toBe(1);
    expect(await live(session)).toEqual([session]);
  });
});

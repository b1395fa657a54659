import { randomBytes, randomUUID } from "node:crypto";
import { InvitationId } from "@onsale/core/organization/invitation";
import { OrganizationDraft, type OrganizationRole } from "@onsale/core/organization/organization";
import { must } from "@onsale/core/shared/assert";
import type { OrganizationId } from "@onsale/core/shared/ids";
import { expect, it } from "vitest";
import { makePgAccountStore } from "../account/pg-account-store.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgOrganizationStore } from "./pg-organization-store.ts";

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
    const { id } = must(await store().create(draft(), { owner: null, actor: "test" }), "its slug is new");
    const members = [];
    for (const role of roles) {
      const account = await person();
      await store().add(id, { account: account.id, role, actor: "test" });
      members.push(account);
    }
    return { id, members };
  }
  const rolesOf = async (id: OrganizationId) =>
    (await store().members(id)).map(({ role }) => role).toSorted();
  const invite = async (
    id: OrganizationId,
    over: { email?: string; role?: OrganizationRole; ttlMs?: number } = {},
  ) => {
    const token = randomBytes(32).toString("base64url");
    const invitation = InvitationId.parse(randomUUID());
    const email = over.email ?? `${randomUUID()}@fans.example`;
    const invited = await store().invite(id, {
      id: invitation,
      email,
      role: over.role ?? "scanner",
      token,
      ttlMs: over.ttlMs ?? 60_000,
      liveMax: 3,
      actor: "test",
    });
    return { ...invited, invitation, token, email };
  };

  it("keeps an owner, also when two of them go, or take the other's role, at the same moment, 20 times", async () => {
    for (let round = 0; round < 20; round += 1) {
      // oxlint-disable no-await-in-loop -- each round is a race of its own
      const { id, members } = await organization("owner", "owner");
      const changes = members.map(({ id: account }, at) =>
        at === 0
          ? store().remove(id, { account, actor: "test", byOwner: true })
          : store().setRole(id, { account, role: "read_only", actor: "test", byOwner: true }),
      );
      const kinds = (await Promise.all(changes)).map(({ kind }) => kind).toSorted();
      // oxlint-enable no-await-in-loop
      expect(kinds).toEqual(["done", "last_owner"]);
      expect(await rolesOf(id)).toContain("owner");
    }
  });

  it("lets nobody but an owner touch one who became an owner meanwhile", async () => {
    const { id, members } = await organization("owner", "owner");
    const [first] = members;
    const account = must(first, "there are two").id;
    const change = { account, actor: "test", byOwner: false };
    expect(await store().remove(id, change)).toEqual({ kind: "owner_meanwhile" });
    expect(await store().setRole(id, { ...change, role: "scanner" })).toEqual({ kind: "owner_meanwhile" });
  });

  it("takes up an invitation once, for the address the mail went to, and only while it is open", async () => {
    const { id } = await organization("owner");
    const account = await person();
    const asked = await invite(id, { email: account.email, role: "manager" });
    expect(await store().findInvitation(asked.token)).toMatchObject({
      email: account.email,
      role: "manager",
    });
    expect(await store().accept(asked.token, { ...(await person()) })).toEqual({ kind: "other_address" });
    const both = await Promise.all([
      store().accept(asked.token, account),
      store().accept(asked.token, account),
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
    expect((await store().accept(old.token, { ...(await person()), email: old.email })).kind).toBe("over");

    const gone = await invite(id);
    expect(await store().revoke(id, { invitation: gone.invitation, actor: "test" })).toBe(true);
    expect(await store().revoke(id, { invitation: gone.invitation, actor: "test" })).toBe(false);
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

  it("cannot take back an invitation of another", async () => {
    const [one, other] = [await organization("owner"), await organization("owner")];
    const { invitation } = await invite(one.id);
    expect(await store().revoke(other.id, { invitation, actor: "test" })).toBe(false);
  });

  it("saves its settings from the newest version alone, and its slug is its own", async () => {
    const { id } = await organization("owner");
    const by = { version: 1, actor: "ana" };
    expect(await store().save(id, draft({ name: "Haven" }), by)).toMatchObject({
      kind: "saved",
      organization: { name: "Haven", version: 2 },
    });
    expect(await store().save(id, draft({ name: "Other" }), by)).toMatchObject({
      kind: "stale",
      version: 2,
      changes: [{ by: "ana", fields: ["name", "slug"] }],
    });
    const taken = draft();
    await store().create(taken, { owner: null, actor: "test" });
    expect(await store().save(id, taken, { version: 2, actor: "ana" })).toEqual({ kind: "slug_taken" });
    expect(await store().create(taken, { owner: null, actor: "test" })).toBeNull();
  });
});

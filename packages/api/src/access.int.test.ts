import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import type { Account } from "@onsale/core/actor/account";
import { draftOf } from "@onsale/core/event/event";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { OrganizationRole } from "@onsale/core/actor/organization-role";
import { may, type Permission } from "@onsale/core/organization/permissions";
import { must } from "@onsale/core/shared/assert";
import type { OrganizationId } from "@onsale/core/shared/ids";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { appRouter } from "./router.ts";
import { openLine } from "./testing/test-line.ts";
import { describeApp, type TestApp } from "./testing/test-app.ts";

/** Who may call what. A procedure that is not listed here fails the test: access is decided, never forgotten. */
const ACCESS: Readonly<Record<string, "anyone" | "fan" | "operator" | Permission>> = {
  "account.signUp": "anyone",
  "account.completeSignUp": "anyone",
  "account.password.change": "fan",
  "account.password.startReset": "anyone",
  "account.password.finishReset": "anyone",
  "account.sessions.list": "fan",
  "account.sessions.end": "fan",
  "account.sessions.endAll": "fan",
  "account.me": "anyone",
  "account.verifyEmail.start": "fan",
  "account.verifyEmail.confirm": "fan",
  "event.list": "anyone",
  "event.bySlug": "anyone",
  "inventory.deltas": "anyone",
  "line.join": "fan",
  "line.mine": "fan",
  "line.checkIn": "fan",
  "line.enter": "fan",
  "line.renew": "fan",
  "line.moreTime": "fan",
  "line.leave": "fan",
  "line.rejoin": "fan",
  "line.proof": "anyone",
  "hold.create": "fan",
  "hold.bestAvailable": "fan",
  "hold.join": "fan",
  "hold.mine": "fan",
  "hold.reprice": "fan",
  "hold.extend": "fan",
  "hold.release": "fan",
  "checkout.start": "fan",
  "checkout.pay": "fan",
  "checkout.refresh": "fan",
  "checkout.cancel": "fan",
  "order.get": "fan",
  "order.latestIn": "fan",
  "order.mine": "fan",
  "ticket.mine": "fan",
  "ticket.get": "fan",
  "access.redeem": "fan",
  "access.mine": "fan",
  "waitlist.join": "fan",
  "waitlist.change": "fan",
  "waitlist.leave": "fan",
  "waitlist.mine": "fan",
  "waitlist.decline": "fan",
  "organization.mine": "fan",
  "organization.create": "operator",
  "organization.get": "event.read",
  "organization.update": "organization.write",
  "organization.members.list": "members.read",
  "organization.members.setRole": "members.write",
  "organization.members.remove": "members.write",
  "organization.members.leave": "event.read",
  "organization.members.invite": "members.write",
  "organization.members.revokeInvitation": "members.write",
  "organization.invitations.look": "anyone",
  "organization.invitations.accept": "fan",
  "organizer.get": "anyone",
  "admin.waitlist.list": "waitlist.read",
  "admin.access.overview": "access.read",
  "admin.access.createCodes": "access.write",
  "admin.access.revoke": "access.write",
  "admin.access.addEmails": "access.write",
  "admin.access.removeEmails": "access.write",
  "admin.layouts.list": "layouts.read",
  "admin.layouts.get": "layouts.read",
  "admin.layouts.import": "layouts.write",
  "admin.events.list": "event.read",
  "admin.events.get": "event.read",
  "admin.events.create": "event.write",
  "admin.events.update": "event.write",
  "admin.events.publishPrices": "prices.write",
  "admin.events.move": "event.sell",
  "admin.events.sales": "sales.read",
  "admin.events.setBlocked": "stock.block",
  "admin.lines.list": "line.read",
  "admin.lines.create": "line.run",
  "admin.lines.configure": "line.run",
  "admin.lines.remove": "line.run",
  "admin.lines.levers": "line.run",
  "admin.lines.move": "line.run",
  "admin.lines.publicValue": "line.run",
  "admin.lines.live": "line.read",
  "admin.lines.waves": "line.read",
  "admin.venues.list": "event.read",
  "admin.venues.create": "venues.write",
  "admin.venues.setAddress": "venues.write",
  "admin.risk.list": "operator",
  "admin.risk.get": "operator",
  "admin.risk.clear": "operator",
  "admin.risk.block": "operator",
};

type Described = { readonly inputs: readonly z.ZodType[] };
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { readonly _def: Described }>,
);
const ruleOf = (name: string) => must(ACCESS[name], `${name} has a rule`);
const ofMembers = procedures
  .map(([name]) => name)
  .filter((name) => !["anyone", "fan", "operator", undefined].includes(ACCESS[name]));

/** The ways in which an input names what it is about, the organization itself last. */
const NAMES = ["eventId", "lineId", "venueId", "layoutId", "idOrSlug", "organizationId"] as const;
function nameIn(procedure: string): (typeof NAMES)[number] {
  const schema = must(
    procedures.find(([name]) => name === procedure)?.[1]._def.inputs[0],
    `${procedure} names what it is about`,
  );
  const fields = JSON.stringify(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  const required = NAMES.filter((name) => fields.includes(`"${name}"`));
  return required.includes("organizationId") ? "organizationId" : must(required[0], `${procedure} names it`);
}

describeApp("access", (app) => {
  let things: Record<(typeof NAMES)[number], string>;
  let elsewhere: OrganizationId;
  let stranger: Account;

  beforeAll(async () => {
    const eventId = await app().openEvent();
    const { services } = app().container;
    const event = await services.events.require(eventId);
    const { lineId } = await openLine(app(), await app().openEvent());
    things = {
      eventId,
      lineId,
      venueId: event.venueId,
      layoutId: must(event.layoutId, "it is on sale"),
      idOrSlug: event.slug,
      organizationId: app().organization,
    };
    const other = OrganizationDraft.parse({
      slug: "elsewhere",
      name: "Elsewhere",
      currency: "EUR",
      timeZone: "UTC",
      contactEmail: "tickets@elsewhere.example",
    });
    ({ id: elsewhere } = await services.organizations.create(TESTER, other, null));
    stranger = await app().member("owner", elsewhere);
  });

  /** What the call ends with when it names a thing of the organization and nothing else is right about it. */
  const outcome = (name: string, caller: ReturnType<TestApp["as"]>, more: Record<string, unknown> = {}) => {
    const named = ofMembers.includes(name) ? { [nameIn(name)]: things[nameIn(name)] } : {};
    const procedure = name
      .split(".")
      .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
    return (procedure as (input: unknown) => Promise<unknown>)({ ...named, ...more }).then(
      () => "OK",
      (error: { code?: string }) => error.code ?? "",
    );
  };

  test("every procedure has an access rule, and every rule a procedure", () => {
    expect(procedures.map(([name]) => name).toSorted()).toEqual(Object.keys(ACCESS).toSorted());
  });

  test("a session that was ended elsewhere has no staff rights from then on", async () => {
    const member = await app().member();
    const { sessions, sessionRows } = app().container;
    const signedIn = await sessions.read(await sessions.issue(member));
    const sessionId = signedIn?.sessionId ?? null;
    const caller = app().as(member, null, sessionId);
    expect(await outcome("admin.events.list", caller)).toBe("OK");
    await sessionRows.endAll({ accountId: member.id, except: null, by: "elsewhere" });
    expect(await outcome("admin.events.list", caller)).toBe("FORBIDDEN");
  });

  test("a member whose role was taken away has no right from the next call on", async () => {
    const member = await app().member("manager");
    const caller = app().as(member);
    expect(await outcome("admin.events.list", caller)).toBe("OK");
    await app().container.services.organizations.leave(
      { kind: "member", account: member, organization: app().organization, role: "manager" },
      app().organization,
    );
    expect(await outcome("admin.events.list", caller)).toBe("NOT_FOUND");
  });

  test.each(procedures.map(([name]) => name).filter((name) => ruleOf(name) !== "anyone"))(
    "%s turns away who is not signed in",
    async (name) => {
      expect(await outcome(name, app().as(null))).toBe("UNAUTHORIZED");
    },
  );

  test.each(procedures.map(([name]) => name).filter((name) => ruleOf(name) === "operator"))(
    "%s is the operators' alone",
    async (name) => {
      for (const account of [await app().account(), await app().member("owner")])
        expect(await outcome(name, app().as(account))).toBe("FORBIDDEN");
      const asOperator = await outcome(name, app().as(await app().account("operator")));
      expect(["OK", "BAD_REQUEST"]).toContain(asOperator);
    },
  );

  test.each(ofMembers)(
    "%s knows nothing of the organization for a fan or a member elsewhere",
    async (name) => {
      expect(await outcome(name, app().as(await app().account()))).toBe("NOT_FOUND");
      expect(await outcome(name, app().as(stranger))).toBe("NOT_FOUND");
    },
  );

  test.each(ofMembers.filter((name) => nameIn(name) !== "organizationId"))(
    "%s is not led astray by an organization of the caller's own beside the thing",
    async (name) => {
      expect(await outcome(name, app().as(stranger), { organizationId: elsewhere })).toBe("BAD_REQUEST");
    },
  );

  test.each(ofMembers)("%s is for the roles that have its permission, and for no other", async (name) => {
    const permission = ruleOf(name) as Permission;
    const letIn: OrganizationRole[] = [];
    for (const role of OrganizationRole.options) {
      const found = await outcome(name, app().as(await app().member(role)));
      expect(["OK", "BAD_REQUEST", "CONFLICT", "FORBIDDEN"]).toContain(found);
      if (found !== "FORBIDDEN") letIn.push(role);
    }
    expect(letIn).toEqual(OrganizationRole.options.filter((role) => may(role, permission)));
    // Who is no member cannot leave.
    if (name === "organization.members.leave") return;
    const asOperator = await outcome(name, app().as(await app().account("operator")));
    expect(["OK", "BAD_REQUEST", "CONFLICT"]).toContain(asOperator);
  });

  test("nothing is made in one's own organization out of another's", async () => {
    const caller = app().as(stranger);
    const event = await app().container.services.events.require(things.eventId);
    const list = "section;row;seat\nHall;1;1\n";
    await expect(
      caller.admin.events.create({
        organizationId: elsewhere,
        draft: { ...draftOf(event), slug: `taken-${randomUUID()}` },
      }),
    ).rejects.toMatchObject({ cause: { code: expect.stringMatching(/^(venue|layout)\.not_found$/) } });
    await expect(
      caller.admin.layouts.import({
        organizationId: elsewhere,
        text: list,
        venueId: event.venueId,
      }),
    ).rejects.toMatchObject({ cause: { code: "venue.not_found" } });
    expect((await caller.admin.events.list({ organizationId: elsewhere })).total).toBe(0);
    expect((await caller.admin.layouts.list({ organizationId: elsewhere })).total).toBe(0);
    expect(await caller.admin.venues.list({ organizationId: elsewhere })).toEqual([]);
  });
});

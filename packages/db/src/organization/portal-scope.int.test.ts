import { memberOf, TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { draftOf, type EventDraft } from "@onsale/core/event/event";
import { LineId } from "@onsale/core/line/line";
import { InvitationId } from "@onsale/core/organization/invitation";
import type { OrganizationDraft } from "@onsale/core/organization/organization";
import { must } from "@onsale/core/shared/assert";
import { AccountId, EventId, LayoutId, OrganizationId, VenueId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, makeDatabase } from "../client.ts";
import { sqlState } from "../pg-errors.ts";
import { fullOrganization, otherOrganization } from "../testing/full-organization.ts";
import { lineSettings, newLine, openLobby } from "../testing/line-fixture.ts";
import { makeCodes } from "../testing/presale-fixture.ts";
import { PRICES } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { makePgEventStore } from "../event/pg-event-store.ts";
import { makePgLineStore } from "../line/pg-line-store.ts";
import { inOrganization, storeInOrganization } from "./in-organization.ts";
import { makePgOrganizationStore } from "./pg-organization-store.ts";
import { PORTAL_STORES, type PortalStores } from "./portal-stores.ts";

type Ids = {
  readonly organization: OrganizationId;
  readonly eventId: EventId;
  readonly venueId: VenueId;
  readonly layoutId: LayoutId;
  readonly lineId: LineId;
  readonly newLineId: LineId;
  readonly drawingId: LineId;
  readonly batchId: string;
  readonly account: AccountId;
  readonly invitation: InvitationId;
};
type Ask<Store> = (store: Store, ids: Ids, database: Database) => Promise<unknown>;
type Rows = { readonly [Name in keyof PortalStores]: Readonly<Record<string, Ask<PortalStores[Name]>>> };
class Undone extends Error {}

const by = { version: 1 };
const seed = "0".repeat(64);
const invitation = () => ({
  id: InvitationId.parse(randomUUID()),
  token: randomUUID(),
  email: `${randomUUID()}@members.example`,
  role: "read_only" as const,
  ttlMs: 60_000,
  liveMax: 10,
  mailboxPerDay: 5,
  organizationPerDay: 300,
});

describeWithDatabase("what a portal's stores answer where no row security binds the role", (database) => {
  let own: OrganizationId;
  let other: OrganizationId;
  let known: Ids;
  let alone: Database;
  let draft: EventDraft;
  let settings: OrganizationDraft;

  beforeAll(async () => {
    let eventId: EventId;
    ({ organization: own, eventId } = await fullOrganization(database()));
    other = await otherOrganization(database());
    // As where one role does everything: it owns the tables, and no policy binds it.
    alone = makeDatabase(database().owner.url, { poolMax: 2 });
    const event = must(await makePgEventStore(alone).findEvent(eventId), "it is on sale");
    draft = draftOf(event);
    const lines = makePgLineStore(alone);
    const [line] = await lines.findByEvent(eventId);
    const { id: newLineId } = await newLine(lines, eventId);
    const { id: drawingId } = await newLine(lines, eventId, { publicValueSource: "a lottery" });
    await openLobby(lines, drawingId);
    await lines.closeLobby(TESTER, { lineId: drawingId });
    const organizations = makePgOrganizationStore(alone);
    const {
      id: _id,
      version: _version,
      createdAtMs: _createdAtMs,
      ...kept
    } = must(await organizations.find(own), "it was made");
    settings = kept;
    const [member] = await organizations.members(own);
    const [open] = await organizations.invitations(own);
    known = {
      organization: own,
      eventId,
      venueId: VenueId.parse(event.venueId),
      layoutId: LayoutId.parse(event.layoutId),
      lineId: LineId.parse(line?.id),
      newLineId,
      drawingId,
      batchId: await makeCodes(alone, eventId, { codes: [randomUUID()] }),
      account: must(member, "there is one").accountId,
      invitation: must(open, "there is one").id,
    };
  });
  afterAll(() => alone.close());

  const unknown: Ids = {
    organization: OrganizationId.parse(randomUUID()),
    eventId: EventId.parse(randomUUID()),
    venueId: VenueId.parse(randomUUID()),
    layoutId: LayoutId.parse(randomUUID()),
    lineId: LineId.parse(randomUUID()),
    newLineId: LineId.parse(randomUUID()),
    drawingId: LineId.parse(randomUUID()),
    batchId: randomUUID(),
    account: AccountId.parse(randomUUID()),
    invitation: InvitationId.parse(randomUUID()),
  };
  const window = ({ eventId }: Ids) => ({ eventId, windowKey: "fans" });

  const rows: Rows = {
    organizations: {
      find: (store, { organization }) => store.find(organization),
      save: (store, { organization }) =>
        store.save(TESTER, organization, { ...by, draft: { ...settings, name: "Other" } }),
      membershipFor: (store, { account, organization }) =>
        store.membershipFor(account, { organizationId: organization }),
      members: (store, { organization }) => store.members(organization),
      setRole: (store, { organization, account }) =>
        store.setRole(memberOf(organization, "manager", account), organization, { account, role: "finance" }),
      remove: (store, { organization, account }) => store.remove(TESTER, organization, account),
      invite: (store, { organization }) => store.invite(TESTER, organization, invitation()),
      invitations: (store, { organization }) => store.invitations(organization),
      revoke: (store, ids) => store.revoke(TESTER, ids.organization, ids.invitation),
    },
    venues: {
      create: (store, { organization }) =>
        store.create(TESTER, {
          organizationId: organization,
          name: "Hall",
          city: "Basel",
          country: "CH",
          timeZone: "UTC",
        }),
      setAddress: (store, { venueId }) =>
        store.setAddress(TESTER, { venueId, before: "elsewhere", address: "x" }),
      list: (store, { organization }) => store.list(organization),
    },
    layouts: {
      save: (store, { organization }) =>
        store.save(TESTER, {
          organizationId: organization,
          venueId: null,
          hash: "a".repeat(64),
          name: "x",
          text: "{}",
          seatCount: 1,
          gaCapacity: 0,
        }),
      find: (store, { layoutId }) => store.find(layoutId),
      list: (store) => store.list({ after: null, limit: 10 }),
    },
    priceLists: {
      publish: (store, { eventId }) => store.publish(TESTER, eventId, { ...by, list: PRICES }),
      find: (store, { eventId }) => store.find(eventId, 1),
    },
    inventoryFacts: {
      read: (store, { eventId }) => store.read(eventId),
      setBlocked: (store, { eventId }) =>
        store.setBlocked(TESTER, { eventId, seatNos: [7], blocked: true, reason: "x" }),
    },
    events: {
      createEvent: (store, { organization }) =>
        store.createEvent(TESTER, organization, { ...draft, slug: "another-one" }),
      updateEvent: (store, { eventId }) =>
        store.updateEvent(TESTER, eventId, { ...by, draft: { ...draft, title: "Other" } }),
      moveEvent: (store, { eventId }) => store.moveEvent(TESTER, { id: eventId, to: "paused" }),
      findEvent: async (store, { eventId }) => [
        await store.findEvent(eventId),
        eventId === known.eventId ? await store.findEvent(draft.slug) : null,
      ],
      listEvents: (store) => store.listEvents({ after: null, limit: 10 }),
      countEvents: (store) => store.countEvents(null),
    },
    sales: { read: (store, { eventId }) => store.read(eventId) },
    access: {
      createCodes: async (store, ids, { sql }) => {
        const batch = { label: "x", usesEach: 1, expiresAtMs: null, hashes: ["00".repeat(32)] };
        await store.createCodes(TESTER, { ...window(ids), ...batch, batchId: unknown.batchId });
        return sql`select window_key from access_code where batch_id = ${unknown.batchId}`;
      },
      revoke: (store, { eventId, batchId }) => store.revoke(TESTER, { eventId, batchId }),
      addEmails: (store, ids) => store.addEmails(TESTER, { ...window(ids), emails: ["new@fans.example"] }),
      removeEmails: async (store, ids, { sql }) => {
        const listed = await sql<{ email: string }[]>`select email from access_list`;
        return store.removeEmails(TESTER, { ...window(ids), emails: listed.map(({ email }) => email) });
      },
      batches: (store, { eventId }) => store.batches(eventId),
      presales: (store, { eventId }) => store.presales(eventId),
    },
    lines: {
      create: (store, { eventId }) =>
        store.create(TESTER, { eventId, settings: lineSettings({ windowKey: "new" }) }),
      configure: (store, { newLineId }) =>
        store.configure(TESTER, { lineId: newLineId, ...by, settings: lineSettings() }),
      remove: (store, { newLineId }) => store.remove(TESTER, newLineId),
      pullLevers: (store, { lineId }) => store.pullLevers(TESTER, { lineId, ...by, levers: { cap: 1 } }),
      openLobby: (store, { newLineId }) =>
        store.openLobby(TESTER, { lineId: newLineId, seed, commitment: seed, version: 7 }),
      closeLobby: (store, { lineId }) => store.closeLobby(TESTER, { lineId }),
      move: (store, { lineId }) => store.move(TESTER, { lineId, from: ["open"], to: "closed" }),
      setPublicValue: (store, { drawingId }) =>
        store.setPublicValue(TESTER, { lineId: drawingId, publicValue: "1" }),
      find: (store, { lineId }) => store.find(lineId),
      findByEvent: (store, { eventId }) => store.findByEvent(eventId),
      waves: (store, { lineId }) => store.waves({ lineId, limit: 10 }),
      counts: (store, { lineId }) => store.counts(lineId),
    },
    waitlist: {
      list: (store, { eventId }) => store.list(eventId, { limit: 10 }).then(({ entries }) => entries),
      counts: (store, { eventId }) => store.counts(eventId),
      demand: (store, { eventId }) => store.demand(eventId),
    },
  };

  const verbsOf = (all: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
    Object.entries(all).flatMap(([name, store]) => Object.keys(store).map((verb) => `${name}.${verb}`));
  const portalVerbs = Object.entries(PORTAL_STORES).flatMap(([name, { verbs }]) =>
    verbs.map((verb) => `${name}.${verb}`),
  );

  /** In a transaction that leaves nothing behind; a refusal as its code. */
  async function answerOf(organization: OrganizationId, question: string, ids: Ids): Promise<unknown> {
    const [name, verb] = question.split(".") as [keyof PortalStores, string];
    let answer: unknown;
    await inOrganization(alone, organization, async (bound) => {
      const ask = must(rows[name][verb], `there is a row for ${question}`) as Ask<unknown>;
      const told = await ask(PORTAL_STORES[name].make(bound), ids, bound);
      // Whatever is changed leaves a trail, also where the answer hides it.
      const [trail] = await bound.sql`select count(*)::int as entries from audit`;
      answer = { told, trail };
      throw new Undone();
    }).catch((error: unknown) => {
      if (!(error instanceof Undone))
        answer = sqlState(error) ?? (error as { code?: string }).code ?? String(error);
    });
    return answer;
  }

  async function eachVerb(judge: (question: string) => Promise<boolean>): Promise<string[]> {
    const wrong: string[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one connection
    for (const question of portalVerbs) if (!(await judge(question))) wrong.push(question);
    return wrong;
  }
  const same = (one: unknown, two: unknown) => JSON.stringify(one) === JSON.stringify(two);
  const tellsOf = async (question: string) =>
    !same(await answerOf(other, question, known), await answerOf(other, question, unknown));

  it("is asked here for every verb that a portal has, and every other verb of its stores is refused", async () => {
    expect(verbsOf(rows).toSorted()).toEqual(portalVerbs.toSorted());
    const refused = await Promise.all(
      Object.entries(PORTAL_STORES).map(async ([, store]) => {
        const bound = storeInOrganization<object>(store as never, alone, own);
        const verbs = Object.keys(store.make(alone)).filter(
          (verb) => !(store.verbs as string[]).includes(verb),
        );
        for (const verb of verbs)
          await expect(Reflect.apply(Reflect.get(bound, verb) as () => unknown, bound, [])).rejects.toThrow(
            "no verb of portals",
          );
        return verbs.length;
      }),
    );
    expect(refused.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(30);
  });

  it("is of its own things the answer, and of another organization's what it is of things that are not there", async () => {
    expect(
      await eachVerb(
        async (question) =>
          !same(await answerOf(own, question, known), await answerOf(own, question, unknown)),
      ),
    ).toEqual(["layouts.list", "events.listEvents", "events.countEvents"]);
    expect(await eachVerb(async (question) => !(await tellsOf(question)))).toEqual([]);
    for (const question of ["layouts.list", "events.listEvents", "events.countEvents"])
      expect(same(await answerOf(own, question, known), await answerOf(other, question, known))).toBe(false);
  });

  it("tells of another organization, verb by verb, when the condition says yes to all", async () => {
    for (const name of ["event_in_scope(p_event uuid)", "organization_in_scope(p_organization uuid)"])
      await database().owner.sql.unsafe(
        `create or replace function ${name} returns boolean language sql stable as 'select true'`,
      );
    const lists = ["layouts.list", "events.listEvents", "events.countEvents"];
    expect((await eachVerb(tellsOf)).filter((question) => !lists.includes(question))).toEqual([]);
    for (const question of lists)
      expect(same(await answerOf(own, question, known), await answerOf(other, question, known))).toBe(true);
  });
});

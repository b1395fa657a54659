import { must } from "@onsale/core/shared/assert";
import { TESTER } from "@onsale/core/actor/testing/staff";
import { setImmediate } from "node:timers/promises";
import { draftOf } from "@onsale/core/event/event";
import { InvitationId } from "@onsale/core/organization/invitation";
import { LineId } from "@onsale/core/line/line";
import { AccountId, type EventId, type OrganizationId, VenueId } from "@onsale/core/shared/ids";
import { beforeAll, describe, expect, it } from "vitest";
import { makePgAccessStore } from "../access/pg-access-store.ts";
import { roleOf } from "../application-role.ts";
import { makeDatabase } from "../client.ts";
import { makePgEventStore } from "../event/pg-event-store.ts";
import { makePgLineStore } from "../line/pg-line-store.ts";
import { makePgSalesStore } from "../order/pg-sales-store.ts";
import { sqlState } from "../pg-errors.ts";
import { portalOf } from "../portal-role.ts";
import { retryConflicts } from "../retry.ts";
import { fullOrganization, otherOrganization } from "../testing/full-organization.ts";
import { lineSettings } from "../testing/line-fixture.ts";
import { PRICES } from "../testing/sale-fixture.ts";
import { describeWithDatabase } from "../testing/template-db.ts";
import { withTx } from "../with-tx.ts";
import { inOrganization } from "./in-organization.ts";
import { portalStores } from "./portal-stores.ts";

const INSUFFICIENT_PRIVILEGE = "42501";

describeWithDatabase("work for one organization", (database) => {
  let own: OrganizationId;
  let other: OrganizationId;
  let eventId: EventId;
  beforeAll(async () => {
    ({ organization: own, eventId } = await fullOrganization(database()));
    other = await otherOrganization(database());
  });

  const who = (sql: ReturnType<typeof database>["sql"]) =>
    sql`select current_user as role, current_organization() as organization`.then(([row]) => row);

  it("is that of the portal's role until its end, and the connection is the application's again, also after a fault", async () => {
    const one = makeDatabase(database().url, { poolMax: 1 });
    const application = roleOf(database().url).name;
    try {
      expect(await inOrganization(one, own, ({ sql }) => who(sql))).toEqual({
        role: portalOf(application),
        organization: own,
      });
      expect(await who(one.sql)).toEqual({ role: application, organization: null });
      await expect(inOrganization(one, own, ({ sql }) => sql`select 1 / 0`)).rejects.toThrow(
        "division by zero",
      );
      expect(await who(one.sql)).toEqual({ role: application, organization: null });
      // The statement that was prepared as one role is asked as the other.
      const count = (sql: typeof one.sql) =>
        sql`select count(*)::int as n from event`.then(([row]) => row?.["n"] as number);
      const counts: number[] = [];
      for (const ask of [
        () => count(one.sql),
        () => inOrganization(one, other, ({ sql }) => count(sql)),
        () => count(one.sql),
      ])
        // oxlint-disable-next-line no-await-in-loop -- one after the other, on one connection
        counts.push(await ask());
      expect(counts).toEqual([1, 0, 1]);
    } finally {
      await one.close();
    }
  });

  it("of several at once stays apart", async () => {
    const asked = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? own : other));
    const seen = await Promise.all(
      asked.map((organization) =>
        inOrganization(database(), organization, async ({ sql }) => {
          await setImmediate();
          return (await who(sql))?.["organization"] as unknown;
        }),
      ),
    );
    expect(seen).toEqual(asked);
  });

  it("is all or nothing, and a transaction in it is a part of it", async () => {
    const rename =
      (name: string) =>
      ({ sql }: Pick<ReturnType<typeof database>, "sql">) =>
        sql`update organization set name = ${name} where id = ${own}`;
    await expect(
      inOrganization(database(), own, async (bound) => {
        await withTx(bound, (sql) => rename("Half")({ sql: sql as never }));
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    const name = await inOrganization(database(), own, async (bound) => {
      await rename("Whole")(bound);
      await withTx(bound, (tx) => tx`select 1 / 0`).catch(() => undefined);
      const [row] = await bound.sql`select name from organization`;
      return row?.["name"] as unknown;
    });
    expect(name).toBe("Whole");
  });

  it("is done again as a whole when the server undid it for the sake of another one", async () => {
    let runs = 0;
    const answer = await inOrganization(database(), own, async ({ sql }) => {
      runs++;
      await retryConflicts(() =>
        runs === 1 ? sql.unsafe("do $$ begin raise 'undone' using errcode = '40P01'; end $$") : sql`select 1`,
      );
      return runs;
    });
    expect(answer).toBe(2);
  });

  describe("through the stores of the portal, finds nothing of another organization", () => {
    const by = { version: 1 };

    it("and its own as ever", async () => {
      const event = await portalStores(database(), own).events.findEvent(eventId);
      expect(event).toEqual(await makePgEventStore(database()).findEvent(eventId));
      expect(await portalStores(database(), own).sales.read(eventId)).toEqual(
        await makePgSalesStore(database()).read(eventId),
      );
      expect(await portalStores(database(), own).waitlist.list(eventId, { limit: 10 })).toMatchObject({
        total: 2,
      });
      expect(await portalStores(database(), own).organizations.members(own)).toHaveLength(1);
    });

    it("and changes nothing of it where one role owns everything and no policy binds it", async () => {
      const alone = makeDatabase(database().owner.url, { poolMax: 2 });
      const by = { version: 1 };
      const foreign = portalStores(alone, other);
      const state = async () => {
        const [row] = await alone.sql`
          select (select jsonb_agg(to_jsonb(e)) from event e) as events, (select jsonb_agg(to_jsonb(l)) from line l) as lines,
            (select count(*) from audit) as audit, (select count(*) from seat_claim) as seats,
            (select jsonb_agg(to_jsonb(c)) from access_code c) as codes, (select count(*) from access_list) as listed,
            (select jsonb_agg(to_jsonb(v)) from venue v) as venues`;
        return row;
      };
      try {
        const event = await makePgEventStore(alone).findEvent(eventId);
        if (!event) throw new Error("it is on sale");
        const [line] = await makePgLineStore(alone).findByEvent(eventId);
        const lineId = LineId.parse(line?.id);
        const before = await state();
        const unknown = { kind: "not_found" };
        const events = foreign.events;
        expect(
          await events.updateEvent(TESTER, eventId, { ...by, draft: { ...draftOf(event), title: "Other" } }),
        ).toEqual(unknown);
        expect(await events.moveEvent(TESTER, { id: eventId, to: "cancelled" })).toEqual(unknown);
        expect(await foreign.priceLists.publish(TESTER, eventId, { ...by, list: PRICES })).toEqual(unknown);
        const block = { eventId, seatNos: [7], blocked: true, reason: "x" };
        await expect(foreign.inventoryFacts.setBlocked(TESTER, block)).rejects.toThrow("no such seat");
        const address = { before: event.venue.address, address: "x" };
        expect(
          await foreign.venues.setAddress(TESTER, { venueId: VenueId.parse(event.venue.id), ...address }),
        ).toEqual(unknown);
        const access = foreign.access;
        const batch = { eventId, windowKey: "fans" };
        const batchId = crypto.randomUUID();
        await access.createCodes(TESTER, {
          ...batch,
          batchId,
          usesEach: 1,
          label: "x",
          expiresAtMs: null,
          hashes: ["00".repeat(32)],
        });
        const [code] = await makePgAccessStore(alone).batches(eventId);
        expect(await access.revoke(TESTER, { eventId, batchId: code?.batchId ?? "" })).toBe(0);
        expect(await access.addEmails(TESTER, { ...batch, emails: ["a@b.example"] })).toBe(0);
        const lines = foreign.lines;
        const settings = lineSettings({ windowKey: "public" });
        expect(await lines.create(TESTER, { eventId, settings })).toBeNull();
        expect(await lines.configure(TESTER, { lineId, ...by, settings })).toEqual(unknown);
        expect(await lines.pullLevers(TESTER, { lineId, ...by, levers: { cap: 1 } })).toEqual(unknown);
        expect(await lines.move(TESTER, { lineId, from: ["open"], to: "closed" })).toEqual(unknown);
        expect(await lines.remove(TESTER, lineId)).toBe("not_found");
        expect(await state()).toEqual(before);
      } finally {
        await alone.close();
      }
    });

    it("but for how often a mailbox was written to, by whomever", async () => {
      const email = `${crypto.randomUUID()}@members.example`;
      const invite = (organization: OrganizationId) =>
        portalStores(database(), organization).organizations.invite(TESTER, organization, {
          id: InvitationId.parse(crypto.randomUUID()),
          token: crypto.randomUUID(),
          email,
          role: "read_only",
          ttlMs: 60_000,
          liveMax: 10,
          mailboxPerDay: 2,
          organizationPerDay: 300,
        });
      expect(await invite(own)).toEqual({ kind: "invited" });
      expect(await invite(other)).toEqual({ kind: "invited" });
      expect(await invite(own)).toMatchObject({ kind: "too_soon" });
      expect(await invite(other)).toMatchObject({ kind: "too_soon" });
    });

    it("neither to read nor to change", async () => {
      const event = await makePgEventStore(database()).findEvent(eventId);
      if (!event) throw new Error("it is on sale");
      const lines = await makePgLineStore(database()).findByEvent(eventId);
      const lineId = LineId.parse(lines[0]?.id);
      const state = async () => {
        const [row] = await database().owner.sql`
          select (select jsonb_agg(to_jsonb(e)) from event e) as events, (select jsonb_agg(to_jsonb(l)) from line l) as lines,
            (select count(*) from audit) as audit, (select jsonb_agg(to_jsonb(s)) from seat_claim s) as seats,
            (select jsonb_agg(to_jsonb(c)) from access_code c) as codes, (select jsonb_agg(to_jsonb(v)) from venue v) as venues,
            (select jsonb_agg(to_jsonb(m)) from organization_member m) as members, (select count(*) from access_list) as listed`;
        return row;
      };
      const before = await state();
      const events = portalStores(database(), other).events;
      const access = portalStores(database(), other).access;
      const line = portalStores(database(), other).lines;
      const organizations = portalStores(database(), other).organizations;
      const draft = draftOf(event);
      const answers: Record<string, () => Promise<unknown>> = {
        find: () => events.findEvent(eventId),
        bySlug: () => events.findEvent(event.slug),
        list: () => events.listEvents({ after: null, limit: 10 }).then(({ total }) => total),
        update: () => events.updateEvent(TESTER, eventId, { ...by, draft }),
        move: () => events.moveEvent(TESTER, { id: eventId, to: "cancelled" }),
        create: () => events.createEvent(TESTER, own, { ...draft, slug: "stolen" }),
        prices: () =>
          portalStores(database(), other).priceLists.publish(TESTER, eventId, { ...by, list: PRICES }),
        price: () => portalStores(database(), other).priceLists.find(eventId, 1),
        facts: () => portalStores(database(), other).inventoryFacts.read(eventId),
        block: () =>
          portalStores(database(), other).inventoryFacts.setBlocked(TESTER, {
            eventId,
            seatNos: [7],
            blocked: true,
            reason: "x",
          }),
        sales: () => portalStores(database(), other).sales.read(eventId),
        venues: () => portalStores(database(), other).venues.list(own),
        address: () =>
          portalStores(database(), other).venues.setAddress(TESTER, {
            venueId: event.venue.id as never,
            before: event.venue.address,
            address: "x",
          }),
        layout: () =>
          portalStores(database(), other).layouts.find(must(event.layoutId, "an event on sale has a layout")),
        codes: () =>
          access.createCodes(TESTER, {
            eventId,
            batchId: crypto.randomUUID(),
            windowKey: "fans",
            usesEach: 1,
            label: "x",
            expiresAtMs: null,
            hashes: ["00".repeat(32)],
          }),
        revoke: () => access.revoke(TESTER, { eventId, batchId: crypto.randomUUID() }),
        listed: () => access.addEmails(TESTER, { eventId, windowKey: "fans", emails: ["a@b.example"] }),
        batches: () => access.batches(eventId),
        presales: () => access.presales(eventId),
        lines: () => line.findByEvent(eventId),
        newLine: () => line.create(TESTER, { eventId, settings: lineSettings() }),
        configure: () => line.configure(TESTER, { lineId, ...by, settings: lineSettings() }),
        levers: () => line.pullLevers(TESTER, { lineId, ...by, levers: { cap: 1 } }),
        close: () => line.move(TESTER, { lineId, from: ["open"], to: "closed" }),
        removeLine: () => line.remove(TESTER, lineId),
        waves: () => line.waves({ lineId, limit: 10 }),
        waits: () =>
          portalStores(database(), other)
            .waitlist.list(eventId, { limit: 10 })
            .then(({ entries }) => entries),
        members: () => organizations.members(own),
        invitations: () => organizations.invitations(own),
        rename: () => organizations.save(TESTER, own, { ...by, draft: {} as never }),
        removeMember: () => organizations.remove(TESTER, own, AccountId.parse(crypto.randomUUID())),
      };
      const seen: Record<string, unknown> = {};
      for (const [verb, ask] of Object.entries(answers))
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        seen[verb] = await ask().catch(
          (error: unknown) => sqlState(error) ?? (error as { code?: string }).code ?? error,
        );
      const unknown = { kind: "not_found" };
      expect(seen).toEqual({
        find: null,
        bySlug: null,
        list: 0,
        update: unknown,
        move: unknown,
        create: INSUFFICIENT_PRIVILEGE,
        prices: unknown,
        price: null,
        facts: "event.not_found",
        block: "23514",
        sales: "event.not_found",
        venues: [],
        address: unknown,
        layout: null,
        codes: undefined,
        revoke: 0,
        listed: 0,
        batches: [],
        presales: [],
        lines: [],
        newLine: null,
        configure: unknown,
        levers: unknown,
        close: unknown,
        removeLine: "not_found",
        waves: [],
        waits: [],
        members: [],
        invitations: [],
        rename: unknown,
        removeMember: { kind: "no_member" },
      });
      expect(await state()).toEqual(before);
    });
  });
});

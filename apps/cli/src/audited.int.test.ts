import { ACTOR } from "./cli.ts";
import { TESTER } from "@onsale/core/actor/testing/staff";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { appRouter } from "@onsale/api/router";
import { describeApp, gridLayout, key, seatItems } from "@onsale/api/testing/test-app";
import { composeLineController } from "@onsale/api/compose/line-controller";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { LineId, LineSettings } from "@onsale/core/line/line";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { must } from "@onsale/core/shared/assert";
import { EventId, HoldId, VenueId } from "@onsale/core/shared/ids";
import type { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeOutput } from "./output.ts";
import { buildProgram, runCli } from "./program.ts";

/** What looks, and what changes no fact: Redis after Postgres, the schema, work that is due anyway, and shows of itself. */
const READS = new Set(
  `export layout, event list, event show, layout list, venue list, audit list, audit verify, line show, line waves, line watch,
  line verify, access list, waitlist show, waitlist export, hold list, order show, order list, ticket verify, migrate, worker,
  risk list, risk show, jobs list, jobs retry, reconcile, drill, drill verify, account list, setup, seed, doctor, completion,
  serve-api, serve-sandbox, org list, org show, org member list`
    .split(",")
    .map((name) => name.trim()),
);

const DAY_MS = 86_400_000;
const quiet = {
  stdout: () => undefined,
  stderr: () => undefined,
  stdoutIsTty: false,
  stderrIsTty: false,
  wantsColor: false,
  columns: 100,
};

describeApp("what staff change", (app) => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "audited-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const file = async (name: string, text: string): Promise<string> => {
    const at = path.join(folder, name);
    await writeFile(at, text);
    return at;
  };

  const deps = (stdin = "") => ({
    output: makeOutput(quiet),
    env: {},
    container: () => Promise.resolve(app().container),
    signal: new AbortController().signal,
    stdin,
  });
  async function cli(...args: string[]): Promise<void> {
    const said: string[] = [];
    const code = await runCli([...args, "--json"], {
      ...deps(),
      output: makeOutput({ ...quiet, stdout: (words) => void said.push(words) }),
    });
    if (code !== 0) throw new Error(`ticketctl ${args.join(" ")}: ${code} ${said.join("")}`);
  }

  /** What each step wrote into the trail: "action by actor". */
  async function trail(steps: Record<string, () => Promise<unknown>>): Promise<Record<string, string[]>> {
    const { sql } = app().container.database;
    const all = async () =>
      (
        await sql<{ said: string }[]>`select action || ' by ' || actor as said from audit order by at, seq`
      ).map(({ said }) => said);
    const written: Record<string, string[]> = {};
    for (const [name, step] of Object.entries(steps)) {
      const before = (await all()).length;
      const failed = await step().then(
        () => [],
        (error: unknown) => [String(error)],
      );
      written[name] = [...failed, ...(await all()).slice(before)];
    }
    return written;
  }

  /** Each step has its entry under the name of who did it, and no other name. */
  function expectAudited(written: Record<string, string[]>, by: string): void {
    for (const [name, said] of Object.entries(written))
      expect.soft({ name, said }).toEqual({
        name,
        said: expect.arrayContaining([expect.stringMatching(new RegExp(` by ${by}$`))]),
      });
  }

  test("in the portal stands in the audit, every procedure that changes something", async () => {
    const { services, venues, priceLists } = app().container;
    const organizer = await app().member();
    const fan = await app().account();
    const [sam, colleague] = [await app().account("operator"), await app().member("scanner")];
    const operator = app().as(sam);
    const { admin, organization } = app().as(organizer);
    let invitationId = "";
    const settingsOf = OrganizationDraft.parse({
      slug: "test-org",
      name: "Test organizer",
      currency: "EUR",
      timeZone: "Europe/Zurich",
      contactEmail: "tickets@onsale.example",
    });
    const organizationId = app().organization;
    const modelId = await app().openEvent();
    const model = await services.events.require(modelId);
    const priceList = must(await priceLists.find(modelId, model.priceVersion), "it is on sale");
    const nowMs = Date.now();
    const presale = {
      kind: "presale" as const,
      key: "fans",
      label: "Fans",
      opensAtMs: nowMs,
      closesAtMs: nowMs + DAY_MS,
    };
    const draft = EventDraft.parse({ ...draftOf(model), slug: "audited", saleWindows: [presale] });
    const settings = LineSettings.parse({
      lobbyOpensAtMs: nowMs + DAY_MS,
      drawsAtMs: nowMs + 2 * DAY_MS,
      publicValueSource: "a coin",
    });
    let [eventId, lineId, batchId] = [modelId, LineId.parse(key()), ""];
    const steps: Record<string, () => Promise<unknown>> = {
      "admin.venues.create": () =>
        admin.venues.create({
          organizationId,
          draft: { name: "Audited hall", city: "Bern", country: "CH", timeZone: "Europe/Zurich" },
        }),
      "admin.venues.setAddress": async () =>
        admin.venues.setAddress({
          venueId: VenueId.parse(
            must(await venues.find(organizationId, { name: "Audited hall", city: "Bern" }), "it was made").id,
          ),
          before: "",
          address: "Lane 1",
        }),
      "admin.layouts.import": () =>
        admin.layouts.import({
          organizationId,
          text: JSON.stringify(gridLayout({ rows: 2, seats: 3, standing: 0 })),
        }),
      "admin.events.create": async () => {
        eventId = EventId.parse((await admin.events.create({ organizationId, draft })).id);
      },
      "admin.events.update": () =>
        admin.events.update({ eventId, version: 1, draft: { ...draft, subtitle: "Now with brass" } }),
      "admin.events.publishPrices": () => admin.events.publishPrices({ eventId, version: 0, priceList }),
      "admin.events.move": () => admin.events.move({ eventId, to: "published" }),
      "admin.events.setBlocked": () =>
        admin.events.setBlocked({ eventId, seatNos: [1], blocked: true, reason: "camera" }),
      "admin.access.createCodes": async () => {
        const made = { eventId, windowKey: "fans", count: 1 };
        batchId = (await admin.access.createCodes(made)).batchId;
      },
      "admin.access.revoke": () => admin.access.revoke({ eventId, batchId }),
      "admin.access.addEmails": () =>
        admin.access.addEmails({ eventId, windowKey: "fans", emails: ["ada@fans.example"] }),
      "admin.access.removeEmails": () =>
        admin.access.removeEmails({ eventId, windowKey: "fans", emails: ["ada@fans.example"] }),
      "admin.lines.create": async () => {
        lineId = LineId.parse((await admin.lines.create({ eventId, settings })).id);
      },
      "admin.lines.remove": async () => {
        await admin.lines.remove({ lineId });
        lineId = LineId.parse((await admin.lines.create({ eventId, settings })).id);
      },
      "admin.lines.configure": () =>
        admin.lines.configure({ lineId, version: 1, settings: { ...settings, notice: "Soon" } }),
      "admin.lines.levers": () => admin.lines.levers({ lineId, version: 2, levers: { cap: 77 } }),
      "admin.lines.move": async () => {
        const { settingsVersion: version } = await admin.lines.move({ lineId, version: 3, to: "lobby" });
        await admin.lines.move({ lineId, version, to: "drawing" });
      },
      "admin.lines.publicValue": () => admin.lines.publicValue({ lineId, value: "heads" }),
      "organization.create": async () => operator.organization.create({ ...settingsOf, slug: "audited" }),
      "organization.update": () =>
        organization.update({ organizationId, version: 1, draft: { ...settingsOf, name: "Another name" } }),
      "organization.members.invite": async () => {
        const email = "invited@fans.example";
        ({ invitationId } = await organization.members.invite({ organizationId, email, role: "scanner" }));
      },
      "organization.members.revokeInvitation": () =>
        organization.members.revokeInvitation({ organizationId, invitationId }),
      "organization.members.setRole": () =>
        organization.members.setRole({ organizationId, accountId: colleague.id, role: "finance" }),
      "organization.members.remove": () =>
        organization.members.remove({ organizationId, accountId: colleague.id }),
      "admin.risk.clear": () => operator.admin.risk.clear({ account: fan.email, reason: "a friend" }),
      "admin.risk.block": () => operator.admin.risk.block({ account: fan.email, reason: "no friend" }),
    };
    // A fan's own decisions, under the fan's name: see the test of members.
    const ofFans = new Set([
      "organization.invitations.accept",
      // Changes nothing: a mutation only so that its token stands in no log.
      "organization.invitations.look",
      "organization.members.leave",
    ]);
    const changing = Object.entries(
      appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
    )
      .filter(([name, { _def }]) => /^(admin|organization)\./.test(name) && _def.type === "mutation")
      .map(([name]) => name)
      .filter((name) => !ofFans.has(name));
    expect(Object.keys(steps).sort()).toEqual(changing.sort());
    expectAudited(await trail(steps), `(?:${organizer.email}|${sam.email})`);
  });

  test("from the terminal stands in the audit, every command that changes something", async () => {
    const { services, holds, venues, organizations } = app().container;
    const settings = ["--name", "Audited organizer", "--contact", "tickets@audited.example"];
    // The commands before these made another one.
    const of = ["--org", "test-org"];
    settings.push("--currency", "EUR", "--time-zone", "Europe/Zurich");
    const nowMs = Date.now();
    const times = ["--lobby", "+1h", "--draws", "+2h"];
    const [sold, ended, lined] = [await app().openEvent(), await app().openEvent(), await app().openEvent()];
    const opensAtMs = nowMs - 1_000;
    const window = {
      kind: "presale" as const,
      key: "fans",
      label: "Fans",
      opensAtMs,
      closesAtMs: nowMs + DAY_MS,
    };
    await app().changeEvent(ended, { saleWindows: [window] });
    const slugOf = async (eventId: EventId) => (await services.events.require(eventId)).slug;
    const [theSold, theEnded, theLined] = [await slugOf(sold), await slugOf(ended), await slugOf(lined)];
    const fan = await app().account();
    const held = await app()
      .as(fan)
      .hold.create({ eventId: sold, operationId: key(), items: seatItems(5) });
    expect(await holds.list(sold, 10)).toHaveLength(1);
    const layout = await file("grid.json", JSON.stringify(gridLayout({ rows: 2, seats: 5, standing: 0 })));
    const spare = await services.layouts.save(TESTER, gridLayout({ rows: 1, seats: 7, standing: 0 }), {
      organizationId: app().organization,
      venueId: null,
    });
    const events = await file(
      "tour.csv",
      "title,start,venue,city,country\nAudited,2031-05-01T19:00,Audited barn,Chur,CH\n",
    );
    const emails = await file("emails.txt", "ada@fans.example\n");
    const [cause, because] = ["the hall is flooded", ["--reason", "camera"]];
    let batchId = "";
    const steps: Record<string, () => Promise<unknown>> = {
      "import layout": () => cli("import", "layout", layout, ...of),
      "import events": () => cli("import", "events", events, "--venue-timezone", "Europe/Zurich", ...of),
      "layout rename": () => cli("layout", "rename", spare.id, "Another name"),
      "layout delete": () => cli("layout", "delete", spare.id, "--reason", "a draft", "--yes"),
      "venue address": async () =>
        cli(
          "venue",
          "address",
          must(
            await venues.find(app().organization, { name: "Audited barn", city: "Chur" }),
            "it was imported",
          ).id,
          "Lane 1",
        ),
      "hold release": () => cli("hold", "release", theSold, held.hold.id, "--yes"),
      "order retry": async () => {
        const buyer = app().as(await app().account());
        const { hold, quote } = await buyer.hold.create({
          eventId: sold,
          operationId: key(),
          items: seatItems(20, 21),
        });
        const starting = buyer.checkout.start({
          eventId: sold,
          holdId: HoldId.parse(hold.id),
          quoteHash: quote.hash,
          idempotencyKey: key(),
          method: "card_3ds",
        });
        await expect.poll(() => app().writeOrders(sold)).toBe(true);
        const { orderId } = await starting;
        await app().container.orders.parkOrder(orderId, "settle", "for a test");
        const before = must(await app().container.orders.parkedBecause(orderId), "it was parked");
        expect(before).toMatchObject({ stage: "settle", error: "for a test" });
        await cli("order", "retry", orderId);
        expect(await app().container.orders.parkedBecause(orderId)).toBeNull();
      },
      "event pause": () => cli("event", "pause", theSold),
      "event resume": () => cli("event", "resume", theSold),
      "event block": () => cli("event", "block", theSold, "--seats", "Hall, 1, 2", ...because),
      "event unblock": () => cli("event", "unblock", theSold, "--seats", "Hall, 1, 2", ...because),
      "access create": async () => {
        await cli("access", "create", theEnded, "--window", "fans", "--count", "1");
        batchId = must((await services.access.overview(TESTER, theEnded)).batches[0], "it was made").batchId;
      },
      "access revoke": () => cli("access", "revoke", theEnded, "--batch", batchId),
      "access import-emails": () => cli("access", "import-emails", theEnded, emails, "--window", "fans"),
      "access remove-emails": () => cli("access", "remove-emails", theEnded, emails, "--window", "fans"),
      "line setup": () => cli("line", "setup", theLined, ...times, "--yes"),
      "line remove": async () => {
        await cli("line", "remove", theLined, "--yes");
        await cli("line", "setup", theLined, ...times, "--yes");
      },
      "line open": () => cli("line", "open", theLined),
      "line cap": () => cli("line", "cap", theLined, "300"),
      "line inflow": () => cli("line", "inflow", theLined, "20"),
      "line slow": () => cli("line", "slow", theLined, "25"),
      "line notice": () => cli("line", "notice", theLined, "Soon"),
      "line draw": () => cli("line", "draw", theLined, "--yes"),
      "line pause": async () => {
        const controller = composeLineController(app().container, { settleAtOpeningMs: () => 0 });
        for (let round = 0; round < 2; round++) {
          await controller.tick();
          await controller.idle();
        }
        await cli("line", "pause", theLined);
      },
      "line resume": () => cli("line", "resume", theLined),
      "line drain": () => cli("line", "drain", theLined),
      "line close": () => cli("line", "close", theLined, "--yes"),
      "event publish": async () => {
        const model = await services.events.require(sold);
        const copy = await services.events.create(TESTER, model.organizationId, {
          ...draftOf(model),
          slug: "to-publish",
        });
        const prices = await app().container.priceLists.find(sold, model.priceVersion);
        await services.events.publishPrices(TESTER, EventId.parse(copy.id), {
          version: 0,
          list: must(prices, "it is on sale"),
        });
        await cli("event", "publish", "to-publish");
      },
      "event cancel": () => cli("event", "cancel", theSold, "--reason", cause, "--yes"),
      "event end": () => cli("event", "end", theEnded, "--reason", cause, "--yes"),
      "risk clear": () => cli("risk", "clear", fan.email, "--reason", "a friend"),
      "risk block": () => cli("risk", "block", fan.email, "--reason", "no friend"),
      "account role": () => cli("account", "role", fan.email, "operator", "--reason", "the spring season"),
      "account disable": () => cli("account", "disable", fan.email, "--reason", "the season is over"),
      "account enable": () => cli("account", "enable", fan.email, "--reason", "it is not"),
      "org create": () => cli("org", "create", "audited-org", ...settings),
      "org edit": () => cli("org", "edit", "audited-org", "--name", "Another organizer"),
      "org member invite": () =>
        cli("org", "member", "invite", "audited-org", "invited@fans.example", "--role", "scanner"),
      "org member role": async () => {
        const { id } = await services.organizations.require("audited-org");
        await organizations.add(TESTER, id, { account: fan.id, role: "scanner" });
        await cli("org", "member", "role", "audited-org", fan.email, "finance");
      },
      "org member remove": () => cli("org", "member", "remove", "audited-org", fan.email),
      // Its password comes from a terminal or from standard input; this is what it calls.
      "account create": () =>
        services.accountAdmin.create(ACTOR, {
          email: "new@onsale.example",
          name: "New",
          password: "correct horse battery",
          role: "operator",
        }),
    };
    const leaves = (command: Command, before: string[] = []): string[] => {
      const name = [...before, command.name()];
      const below = command.commands.flatMap((one) => leaves(one, name));
      return below.length > 0
        ? [...below, ...(name.length === 1 && name[0] === "drill" ? ["drill"] : [])]
        : [name.join(" ")];
    };
    const program = buildProgram({ ...deps(), exitCode: 0, drain: false });
    const changing = program.commands.flatMap((one) => leaves(one)).filter((name) => !READS.has(name));
    expect(Object.keys(steps).sort()).toEqual(changing.sort());
    expectAudited(await trail(steps), "system:ticketctl");
  });
});

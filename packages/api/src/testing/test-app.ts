import { TESTER } from "@onsale/core/actor/testing/staff";
import { fan, VISITOR } from "@onsale/core/actor/actor";
import { insideCall } from "@onsale/core/actor/call";
import { randomBytes, randomUUID } from "node:crypto";
import type { Account, Role } from "@onsale/core/actor/account";
import type { SessionId } from "@onsale/core/account/session";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { LayoutDocument } from "@onsale/core/layout/layout";
import { PriceList } from "@onsale/core/pricing/price-list";
import { must } from "@onsale/core/shared/assert";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import type { OrganizationRole } from "@onsale/core/actor/organization-role";
import { EventId, IdempotencyKey, type OrganizationId } from "@onsale/core/shared/ids";
import { makeTestDatabase, type TestDatabase } from "@onsale/db/testing/template-db";
import { afterAll, beforeAll, describe } from "vitest";
import { loadConfig } from "../config.ts";
import { type Container, composeContainer } from "../compose/container.ts";
import { processContext } from "../context.ts";
import { createCaller } from "../router.ts";
import { composeWorker } from "../compose/worker.ts";
import { workBeside } from "../worker/work-beside.ts";

export type TestApp = {
  readonly container: Container;
  /** The database as whoever owns its tables, for what the application cannot do. */
  readonly owner: TestDatabase["owner"]["sql"];
  /** A published event on sale: `rows` rows of `seats` seats and a standing area. */
  openEvent(shape?: {
    rows?: number;
    seats?: number;
    standing?: number;
    maxPerFan?: number;
    holdTtlMs?: number;
  }): Promise<EventId>;
  /** Saves other details of an event, as if nobody else were at it. */
  changeEvent(eventId: EventId, change: Partial<EventDraft>): Promise<void>;
  account(role?: Role): Promise<Account>;
  /** Whose the events of this app are. */
  readonly organization: OrganizationId;
  /** A new account that works for the app's organization, or for another. */
  member(role?: OrganizationRole, organization?: OrganizationId): Promise<Account>;
  /** Calls procedures as this account; `pass` is what a client would send with each call. */
  as(
    account: Account | null,
    pass?: string | null,
    sessionId?: SessionId | null,
  ): ReturnType<typeof createCaller>;
  /** Starts a worker; it stops with the app. */
  work(): void;
  /** One round of the order writer, for tests that drive it themselves. */
  writeOrders(eventId: EventId): Promise<boolean>;
  /** Takes away all that Redis knows of an event, as a wiped server would. */
  forgetRedis(eventId: EventId): Promise<void>;
};

export const key = () => IdempotencyKey.parse(randomUUID());
export const seatItems = (...seatNos: number[]) => ({
  seats: seatNos.map((seatNo) => ({ seatNo, ticketType: "adult" })),
  areas: [],
});

export function gridLayout({
  rows,
  seats,
  standing,
}: {
  rows: number;
  seats: number;
  standing: number;
}): LayoutDocument {
  return LayoutDocument.parse({
    format: "onsale-layout",
    version: 1,
    name: `Grid ${rows}x${seats}+${standing}`,
    categories: [
      { key: "seated", label: "Seated" },
      { key: "standing", label: "Standing" },
    ],
    focalPoint: { x: seats * 5, y: -40 },
    sections: [
      {
        kind: "seated",
        key: "hall",
        label: "Hall",
        category: "seated",
        rows: Array.from({ length: rows }, (_, row) => ({
          label: `${row + 1}`,
          seats: Array.from({ length: seats }, (_, seat) => ({
            id: `hall/${row + 1}/${seat + 1}`,
            label: `${seat + 1}`,
            x: seat * 10,
            y: row * 12,
          })),
        })),
      },
      ...(standing > 0
        ? [{ kind: "ga", key: "floor", label: "Floor", category: "standing", capacity: standing }]
        : []),
    ],
  });
}

/** A round that finds nothing ends so soon: whoever drives the writer asks again or is done. */
const ROUND_MS = 20;

const PRICES = PriceList.parse({
  currency: "EUR",
  ticketTypes: [
    { key: "adult", label: "Adult" },
    { key: "child", label: "Child" },
  ],
  prices: [
    { category: "seated", ticketType: "adult", amountMinor: 5000 },
    { category: "seated", ticketType: "child", amountMinor: 2500 },
    { category: "standing", ticketType: "adult", amountMinor: 3000 },
  ],
  fees: [{ kind: "fixed", key: "service", label: "Service fee", per: "ticket", amountMinor: 250 }],
  taxes: [{ key: "vat", label: "VAT", bps: 810, mode: "included", on: "all" }],
});

const TEST_ORGANIZATION = OrganizationDraft.parse({
  slug: "test-org",
  name: "Test organizer",
  currency: "EUR",
  timeZone: "Europe/Zurich",
  contactEmail: "tickets@onsale.example",
});

async function openTestApp(env: Record<string, string | undefined>): Promise<TestApp & AsyncDisposable> {
  const database = await makeTestDatabase({ poolMax: 2 });
  const container = composeContainer(
    loadConfig({
      DATABASE_URL: database.url,
      REDIS_URL: env["TEST_REDIS_URL"],
      AUTH_SECRET: randomBytes(32).toString("base64"),
      TICKET_SIGNING_KEY: randomBytes(32).toString("base64url"),
      LOG_LEVEL: "silent",
      // Tests come from one address and hurry; limits have tests of their own, at their own scale.
      LIMITS_SCALE: env["LIMITS_SCALE"] ?? "100",
      TRUSTED_PROXY_HOPS: env["TRUSTED_PROXY_HOPS"],
      DATA_CENTRES_FILE: env["DATA_CENTRES_FILE"],
      METRICS_TOKEN: env["METRICS_TOKEN"],
      PUBLIC_URL: env["PUBLIC_URL"],
      KEY_PREFIX: `t${randomBytes(4).toString("hex")}:`,
    }),
  );
  const { id: organization } = await container.services.organizations.create(TESTER, TEST_ORGANIZATION, null);
  async function newAccount(role: Role): Promise<Account> {
    const created = await container.accounts.create({
      email: `${randomUUID()}@fans.example`,
      name: "Fan",
      passwordHash: null,
      role,
    });
    return must(created, "a random address is not taken");
  }
  const workers: ReturnType<typeof workBeside>[] = [];
  let opened = 0;
  return {
    container,
    owner: database.owner.sql,
    async openEvent({ rows = 3, seats = 10, standing = 20, maxPerFan = 6, holdTtlMs = 60_000 } = {}) {
      opened++;
      const { services, venues, clock } = container;
      const venue =
        (await venues.find(organization, { name: "Test hall", city: "Basel" })) ??
        (await venues.create(TESTER, {
          organizationId: organization,
          name: "Test hall",
          city: "Basel",
          country: "CH",
          timeZone: "Europe/Zurich",
        }));
      const layout = await services.layouts.save(TESTER, gridLayout({ rows, seats, standing }), {
        organizationId: organization,
        venueId: venue.id,
      });
      const startsAtMs = clock.nowMs() + 30 * 86_400_000;
      const draft = EventDraft.parse({
        slug: `show-${opened}`,
        title: `Show ${opened}`,
        venueId: venue.id,
        layoutId: layout.id,
        timeZone: "Europe/Zurich",
        currency: "EUR",
        doorsAtMs: null,
        startsAtMs,
        endsAtMs: null,
        maxPerFan,
        holdTtlMs,
      });
      const eventId = EventId.parse((await services.events.create(TESTER, organization, draft)).id);
      const prices =
        standing > 0
          ? PRICES
          : { ...PRICES, prices: PRICES.prices.filter((price) => price.category === "seated") };
      await services.events.publishPrices(TESTER, eventId, { version: 0, list: prices });
      await services.events.move(TESTER, { idOrSlug: eventId, to: "published" });
      await services.events.move(TESTER, { idOrSlug: eventId, to: "on_sale" });
      return eventId;
    },
    async changeEvent(eventId, change) {
      const { services, catalog } = container;
      const event = await services.events.require(eventId);
      const by = { version: event.detailsVersion };
      await services.events.update(TESTER, eventId, {
        ...by,
        draft: EventDraft.parse({ ...draftOf(event), ...change }),
      });
      catalog.forget(event);
    },
    organization,
    async member(role = "owner", of = organization) {
      const account = await newAccount("fan");
      await container.organizations.add(TESTER, of, { account: account.id, role });
      return { ...account, isMember: true };
    },
    account: (role = "fan") => newAccount(role),
    as: (account, pass = null, sessionId = null) =>
      createCaller({
        ...processContext(container),
        actor: account ? fan(account) : VISITOR,
        call: { ...insideCall(pass), address: "test" },
        sessionId,
        foreignOrigin: false,
        counted: true,
        setHeader: () => undefined,
      }),
    writeOrders: (eventId) => container.services.orderWriter.writeOrders([eventId], ROUND_MS),
    async forgetRedis(eventId) {
      const { commands } = container.redis;
      const keys = await commands.keys(`${container.config.redisKeyPrefix}sh:{${eventId}}:*`);
      if (keys.length > 0) await commands.unlink(...keys);
    },
    work: () => void workers.push(workBeside(composeWorker(container))),
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(workers.map((worker) => worker.stop()));
      await container.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** A describe block with a whole app of its own on real Postgres and Redis; skipped, saying why, where there are none. */
export function describeApp(
  name: string,
  body: (app: () => TestApp) => void,
  settings: Readonly<Record<string, string>> = {},
): void {
  const missing = !process.env["TEST_DATABASE_URL"] || !process.env["TEST_REDIS_URL"];
  const title = missing ? `${name} (skipped: set TEST_DATABASE_URL and TEST_REDIS_URL)` : name;
  // oxlint-disable-next-line vitest/valid-title -- it is a string
  describe.skipIf(missing)(title, () => {
    let opened: (TestApp & AsyncDisposable) | null = null;
    beforeAll(async () => {
      opened = await openTestApp({ ...process.env, ...settings });
    });
    afterAll(async () => {
      await opened?.[Symbol.asyncDispose]();
    });
    body(() => {
      if (!opened) throw new Error("the app is there only while tests run");
      return opened;
    });
  });
}

import { TESTER } from "@onsale/core/actor/testing/staff";
import { randomUUID } from "node:crypto";
import { InvitationId } from "@onsale/core/organization/invitation";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { must } from "@onsale/core/shared/assert";
import type { EventId, OrganizationId } from "@onsale/core/shared/ids";
import type { Database } from "../client.ts";
import { makePgEventFeedStore } from "../event/pg-event-feed-store.ts";
import { makePgAccessStore } from "../access/pg-access-store.ts";
import { makePgLineStore } from "../line/pg-line-store.ts";
import { makePgOrderStore } from "../order/pg-order-store.ts";
import { makePgOrganizationStore } from "../organization/pg-organization-store.ts";
import { openLine, waveOf } from "./line-fixture.ts";
import { manyAccounts, openPresale } from "./presale-fixture.ts";
import { buy, openSale, orderDraft, testOrganization } from "./sale-fixture.ts";
import { openWaitlist } from "./waitlist-fixture.ts";

/** An organization that has rows in every table that hangs on one. */
export async function fullOrganization(
  database: Database,
): Promise<{ organization: OrganizationId; eventId: EventId }> {
  const eventId = await openSale(database, { seats: 12, standing: 30, houseSeats: 2 });
  const organization = await testOrganization(database);
  const order = orderDraft(eventId, { seats: [0, 1], places: 1 });
  await buy(makePgOrderStore(database), order);
  await database.sql`
    insert into sandbox_payment (provider_ref, idempotency_key, order_id, state, method, amount_minor, currency, return_url)
    values (${randomUUID()}, ${randomUUID()}, ${order.orderId}, 'captured', 'card', 1, 'EUR', 'https://onsale.example')`;
  await makePgEventFeedStore(database).remember(eventId, {
    uid: randomUUID(),
    sequence: 0,
    said: {},
  });
  await openPresale(database, eventId);
  const list = { eventId, windowKey: "fans", emails: [`${randomUUID()}@fans.example`] };
  await makePgAccessStore(database).addEmails(TESTER, list);
  const lines = makePgLineStore(database);
  const { lineId, admission } = await openLine(lines, eventId, { fans: 2 });
  await lines.recordWave(waveOf(lineId, [admission(1)]));
  await openWaitlist(database, eventId, 5);
  const store = makePgOrganizationStore(database);
  const account = must((await manyAccounts(database, 1))[0], "one was made");
  await store.add(TESTER, organization, { account, role: "manager" });
  await store.invite(TESTER, organization, {
    id: InvitationId.parse(randomUUID()),
    token: randomUUID(),
    email: `${randomUUID()}@members.example`,
    role: "owner",
    ttlMs: 60_000,
    liveMax: 10,
    mailboxPerDay: 5,
    organizationPerDay: 300,
  });
  return { organization, eventId };
}

/** Another one, without anything. */
export async function otherOrganization(database: Database): Promise<OrganizationId> {
  const slug = `other-${randomUUID()}`;
  const draft = OrganizationDraft.parse({
    slug,
    name: "Other",
    currency: "EUR",
    timeZone: "UTC",
    contactEmail: "t@o.example",
  });
  const made = await makePgOrganizationStore(database).create(TESTER, draft, null);
  return must(made, "its slug is new").id;
}

import { TESTER } from "@onsale/core/actor/testing/staff";
import { must } from "@onsale/core/shared/assert";
import { createHash, randomUUID } from "node:crypto";
import { OrderDraft } from "@onsale/core/order/order-draft";
import { EventDraft } from "@onsale/core/event/event";
import { LayoutDocument } from "@onsale/core/layout/layout";
import type { OrderStore } from "@onsale/core/order/order-store";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { PriceList } from "@onsale/core/pricing/price-list";
import { AccountId, EventId, HoldId, OrderId, type OrganizationId, TicketId } from "@onsale/core/shared/ids";
import type { Database } from "../client.ts";
import { makePgEventStore } from "../event/pg-event-store.ts";
import { makePgLayoutStore } from "../layout/pg-layout-store.ts";
import { makePgPriceListStore } from "../pricing/pg-price-list-store.ts";
import { makePgOrganizationStore } from "../organization/pg-organization-store.ts";
import { makePgVenueStore } from "../venue/pg-venue-store.ts";

const FACE_MINOR = 5_000;
const FEE_MINOR = 250;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** `seats` seats in one row, the last `houseSeats` of them kept by the organizer, and one standing area. */
export function rowLayout({
  seats,
  standing,
  houseSeats = 0,
}: {
  seats: number;
  standing: number;
  houseSeats?: number;
}) {
  return LayoutDocument.parse({
    format: "onsale-layout",
    version: 1,
    name: `Row ${seats}+${standing} ${randomUUID()}`.slice(0, 80),
    categories: [{ key: "all", label: "All" }],
    focalPoint: { x: 0, y: 0 },
    sections: [
      {
        kind: "seated",
        key: "hall",
        label: "Hall",
        category: "all",
        rows: Array.from({ length: Math.ceil(seats / 500) }, (_, row) => ({
          label: `${row + 1}`,
          seats: Array.from({ length: Math.min(500, seats - row * 500) }, (__, seat) => ({
            id: `hall/${row + 1}/${seat + 1}`,
            label: `${seat + 1}`,
            x: seat * 10,
            y: row * 12,
            ...(row * 500 + seat >= seats - houseSeats ? { house: true } : {}),
          })),
        })),
      },
      { kind: "ga", key: "floor", label: "Floor", category: "all", capacity: standing },
    ],
  });
}

export const PRICES = PriceList.parse({
  currency: "EUR",
  ticketTypes: [{ key: "adult", label: "Adult" }],
  prices: [{ category: "all", ticketType: "adult", amountMinor: FACE_MINOR }],
});

const ORGANIZATION = OrganizationDraft.parse({
  slug: "test-org",
  name: "Test organizer",
  currency: "EUR",
  timeZone: "Europe/Zurich",
  contactEmail: "tickets@onsale.example",
});

/** Whose the events of tests are; one in a database. */
export async function testOrganization(database: Database): Promise<OrganizationId> {
  const store = makePgOrganizationStore(database);
  const made = await store.create(TESTER, ORGANIZATION, null);
  return (made ?? must(await store.find(ORGANIZATION.slug), "its slug was taken")).id;
}

export async function draftEvent(
  database: Database,
  shape: { seats: number; standing: number; houseSeats?: number },
) {
  const events = makePgEventStore(database);
  const layouts = makePgLayoutStore(database);
  const organizationId = await testOrganization(database);
  const venue = await makePgVenueStore(database).create(TESTER, {
    organizationId,
    name: "Hall",
    city: "Basel",
    country: "CH",
    timeZone: "Europe/Zurich",
  });
  const document = rowLayout(shape);
  const saved = await layouts.save(TESTER, {
    organizationId,
    venueId: venue.id,
    hash: sha256(document.name),
    name: document.name,
    text: JSON.stringify(document),
    seatCount: shape.seats,
    gaCapacity: shape.standing,
  });
  const layout = must(await layouts.find(saved.id), "the layout was just saved");
  const draft = EventDraft.parse({
    slug: `show-${randomUUID()}`,
    title: "Show",
    venueId: venue.id,
    layoutId: layout.id,
    timeZone: "Europe/Zurich",
    currency: "EUR",
    doorsAtMs: null,
    startsAtMs: Date.UTC(2030, 0, 1),
    endsAtMs: null,
  });
  const event = await events.createEvent(TESTER, organizationId, draft);
  return { events, organizationId, venue, layout, draft, eventId: EventId.parse(event.id) };
}

/** An event on sale. */
export async function openSale(
  database: Database,
  {
    seats = 10,
    standing = 0,
    houseSeats = 0,
  }: { seats?: number; standing?: number; houseSeats?: number } = {},
): Promise<EventId> {
  const { events, eventId } = await draftEvent(database, { seats, standing, houseSeats });
  await makePgPriceListStore(database).publish(TESTER, eventId, { version: 0, list: PRICES });
  await events.moveEvent(TESTER, { id: eventId, to: "published" });
  await events.moveEvent(TESTER, { id: eventId, to: "on_sale" });
  return eventId;
}

export const newAccountId = () => AccountId.parse(randomUUID());

/** What a fan's checkout sends: these seats and so many places of area 0. */
export function orderDraft(
  eventId: EventId,
  want: { seats?: readonly number[]; places?: number },
  overrides: Partial<OrderDraft> = {},
): OrderDraft {
  const seatNos = want.seats ?? [];
  const places = want.places ?? 0;
  const count = seatNos.length + places;
  return OrderDraft.parse({
    orderId: OrderId.parse(randomUUID()),
    eventId,
    accountId: newAccountId(),
    holdId: HoldId.parse(randomUUID()),
    idempotencyKey: randomUUID(),
    requestHash: sha256("request"),
    ticketItems: {
      seats: seatNos.map((seatNo) => ({ seatNo, ticketType: "adult" })),
      areas: places > 0 ? [{ areaNo: 0, ticketType: "adult", quantity: places }] : [],
    },
    items: Array.from({ length: count }, (_, index) => ({
      index,
      seatNo: seatNos[index] ?? null,
      areaNo: index < seatNos.length ? null : 0,
      place: { section: "Hall", row: null, seat: null },
      ticketType: "adult",
      category: "all",
      faceMinor: FACE_MINOR,
    })),
    priceVersion: 1,
    quoteHash: sha256("quote"),
    currency: "EUR",
    faceMinor: FACE_MINOR * count,
    feeMinor: FEE_MINOR * count,
    taxAddedMinor: 0,
    totalMinor: (FACE_MINOR + FEE_MINOR) * count,
    email: "fan@example.com",
    maxPerFan: 6,
    payWithinMs: 60_000,
    provider: "test",
    method: "card",
    askedAtMs: Date.now(),
    replyTo: { channel: "test", name: "test" },
    ...overrides,
  });
}

/** What the provider would say about an order's first attempt to pay. */
export const answerFor = (
  draft: OrderDraft,
  state: "requires_action" | "authorised" | "captured" | "declined" | "voided",
) => ({
  orderId: draft.orderId,
  paid: {
    attempt: 1,
    answer: {
      providerRef: `pay_${draft.orderId}`,
      state,
      amountMinor: draft.totalMinor,
      currency: draft.currency,
      actionUrl: state === "requires_action" ? "https://bank.example/confirm" : null,
      declineReason: state === "declined" ? "insufficient_funds" : null,
    },
  },
});

/** Only writes down what the provider said, as if whoever asked died before anything came of it. */
export async function onlyRecord(
  { sql }: Pick<Database, "sql">,
  { orderId, paid: { attempt, answer } }: ReturnType<typeof answerFor>,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select guard_tx()`;
    await tx`select record_payments(${JSON.stringify([{ orderId, attempt, ...answer }])}::text::jsonb)`;
  });
}

export const ticketIdsFor = (draft: OrderDraft) => draft.items.map(() => TicketId.parse(randomUUID()));

/** A draft all the way to paid. */
export async function buy(orders: OrderStore, draft: OrderDraft): Promise<void> {
  await orders.commitOrders([draft]);
  await orders.settlePayments([answerFor(draft, "authorised")]);
  await orders.confirmCaptured([{ ...answerFor(draft, "captured"), ticketIds: ticketIdsFor(draft) }]);
}

import { bigint, boolean, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Role } from "@onsale/core/actor/account";
import type { EventState, SaleWindow } from "@onsale/core/event/event";
import type { LayoutDocument } from "@onsale/core/layout/layout";
import type { LineId, LineSettings, LineState } from "@onsale/core/line/line";
import type { QuoteItem } from "@onsale/core/pricing/quote-schema";
import type { OrderState } from "@onsale/core/order/order";
import type { PaymentState } from "@onsale/core/payment/payment";
import type {
  AccountId,
  EventId,
  HoldId,
  LayoutId,
  OrderId,
  OrganizationId,
  PaymentId,
  TicketId,
  VenueId,
} from "@onsale/core/shared/ids";
import type { PriceList } from "@onsale/core/pricing/price-list";
import type { Ticket } from "@onsale/core/ticket/ticket";

/**
 * Shapes of the tables that are read and plainly written from TypeScript. The migrations are the schema: constraints,
 * indexes and triggers stand there alone, and tables.int.test.ts holds this file against the database.
 */
const instant = (name: string) => timestamp(name, { withTimezone: true });
const minor = (name: string) => bigint(name, { mode: "number" }).notNull();

export const accounts = pgTable("account", {
  id: uuid("id").$type<AccountId>().primaryKey().defaultRandom(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  passwordHash: text("password_hash"),
  role: text("role").$type<Role>().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  emailVerifiedAt: instant("email_verified_at"),
  disabledAt: instant("disabled_at"),
});

export const organizations = pgTable("organization", {
  id: uuid("id").$type<OrganizationId>().primaryKey().defaultRandom(),
  slug: text("slug").notNull(),
  name: text("name").notNull(),
  legalName: text("legal_name").notNull().default(""),
  address: text("address").notNull().default(""),
  currency: text("currency").notNull(),
  timeZone: text("time_zone").notNull(),
  contactEmail: text("contact_email").notNull(),
  version: integer("version").notNull().default(1),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const venues = pgTable("venue", {
  id: uuid("id").$type<VenueId>().primaryKey().defaultRandom(),
  organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
  name: text("name").notNull(),
  address: text("address").notNull().default(""),
  city: text("city").notNull(),
  country: text("country").notNull(),
  timeZone: text("time_zone").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const layouts = pgTable("layout", {
  id: uuid("id").$type<LayoutId>().primaryKey().defaultRandom(),
  organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
  venueId: uuid("venue_id").$type<VenueId>(),
  name: text("name").notNull(),
  hash: text("hash").notNull(),
  seatCount: integer("seat_count").notNull(),
  gaCapacity: integer("ga_capacity").notNull(),
  document: jsonb("document").$type<LayoutDocument>().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const events = pgTable("event", {
  id: uuid("id").$type<EventId>().primaryKey().defaultRandom(),
  organizationId: uuid("organization_id").$type<OrganizationId>().notNull(),
  slug: text("slug").notNull(),
  title: text("title").notNull(),
  subtitle: text("subtitle").notNull().default(""),
  description: text("description").notNull().default(""),
  genre: text("genre").notNull().default(""),
  venueId: uuid("venue_id").$type<VenueId>().notNull(),
  layoutId: uuid("layout_id").$type<LayoutId>(),
  timeZone: text("time_zone").notNull(),
  currency: text("currency").notNull(),
  doorsAt: instant("doors_at"),
  startsAt: instant("starts_at").notNull(),
  endsAt: instant("ends_at"),
  saleWindows: jsonb("sale_windows").$type<SaleWindow[]>().notNull(),
  holdTtlMs: integer("hold_ttl_ms").notNull(),
  maxPerFan: integer("max_per_fan").notNull(),
  state: text("state").$type<EventState>().notNull().default("draft"),
  priceVersion: integer("price_version").notNull().default(0),
  createdAt: instant("created_at").notNull().defaultNow(),
  publishedAt: instant("published_at"),
  closedAt: instant("closed_at"),
  drainedAt: instant("drained_at"),
  detailsVersion: integer("details_version").notNull().default(1),
  salesEndAt: instant("sales_end_at"),
  // Set by the trigger event_over; a default only so that inserts may leave it out.
  overAt: instant("over_at").notNull().defaultNow(),
});

export const eventPriceLists = pgTable("event_price_list", {
  eventId: uuid("event_id").$type<EventId>().notNull(),
  version: integer("version").notNull(),
  list: jsonb("list").$type<PriceList>().notNull(),
  hash: text("hash").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  createdBy: text("created_by").notNull(),
});

export const orders = pgTable("orders", {
  id: uuid("id").$type<OrderId>().primaryKey(),
  reference: text("reference").notNull(),
  eventId: uuid("event_id").$type<EventId>().notNull(),
  accountId: uuid("account_id").$type<AccountId>().notNull(),
  holdId: uuid("hold_id").$type<HoldId>().notNull(),
  idempotencyKey: text("idempotency_key").notNull(),
  requestHash: text("request_hash").notNull(),
  state: text("state").$type<OrderState>().notNull(),
  email: text("email").notNull(),
  locale: text("locale").notNull(),
  items: jsonb("items").$type<QuoteItem[]>().notNull(),
  itemCount: integer("item_count").notNull(),
  seatNos: integer("seat_nos").array().notNull(),
  areaNos: integer("area_nos").array().notNull(),
  areaCounts: integer("area_counts").array().notNull(),
  priceVersion: integer("price_version").notNull(),
  quoteHash: text("quote_hash").notNull(),
  currency: text("currency").notNull(),
  faceMinor: minor("face_minor"),
  feeMinor: minor("fee_minor"),
  taxAddedMinor: minor("tax_added_minor"),
  totalMinor: minor("total_minor"),
  createdAt: instant("created_at").notNull(),
  payBy: instant("pay_by").notNull(),
  committedAt: instant("committed_at"),
  paidAt: instant("paid_at"),
  endedAt: instant("ended_at"),
  askedAt: instant("asked_at"),
  windowKey: text("window_key"),
  reason: text("reason"),
});

export const payments = pgTable("payment", {
  id: uuid("id").$type<PaymentId>().primaryKey().defaultRandom(),
  orderId: uuid("order_id").$type<OrderId>().notNull(),
  attempt: integer("attempt").notNull(),
  provider: text("provider").notNull(),
  key: text("key").notNull(),
  method: text("method").notNull(),
  providerRef: text("provider_ref"),
  state: text("state").$type<PaymentState>().notNull().default("created"),
  amountMinor: minor("amount_minor"),
  currency: text("currency").notNull(),
  actionUrl: text("action_url"),
  declineReason: text("decline_reason"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
  capturedAt: instant("captured_at"),
});

export const tickets = pgTable("ticket", {
  id: uuid("id").$type<TicketId>().primaryKey(),
  orderId: uuid("order_id").$type<OrderId>().notNull(),
  eventId: uuid("event_id").$type<EventId>().notNull(),
  accountId: uuid("account_id").$type<AccountId>().notNull(),
  itemIndex: integer("item_index").notNull(),
  seatNo: integer("seat_no"),
  areaNo: integer("area_no"),
  place: jsonb("place").$type<Ticket["place"]>().notNull(),
  ticketType: text("ticket_type").notNull(),
  category: text("category").notNull(),
  faceMinor: minor("face_minor"),
  status: text("status").$type<Ticket["status"]>().notNull().default("issued"),
  issuedAt: instant("issued_at").notNull().defaultNow(),
  usedAt: instant("used_at"),
});

export const webhookEvents = pgTable("webhook_event", {
  provider: text("provider").notNull(),
  eventId: text("event_id").notNull(),
  providerRef: text("provider_ref").notNull(),
  receivedAt: instant("received_at").notNull().defaultNow(),
});

export const lines = pgTable("line", {
  id: uuid("id").$type<LineId>().primaryKey().defaultRandom(),
  lineNo: integer("line_no").notNull(),
  eventId: uuid("event_id").$type<EventId>().notNull(),
  windowKey: text("window_key").notNull(),
  state: text("state").$type<LineState>().notNull().default("closed"),
  lobbyOpensAt: instant("lobby_opens_at").notNull(),
  drawsAt: instant("draws_at").notNull(),
  onePer: text("one_per").$type<LineSettings["onePer"]>().notNull(),
  requireVerifiedEmail: boolean("require_verified_email").notNull(),
  publicValueSource: text("public_value_source"),
  cap: integer("cap").notNull(),
  inflowPerSecond: integer("inflow_per_second").notNull(),
  pacePct: integer("pace_pct").notNull(),
  passTtlMs: integer("pass_ttl_ms").notNull(),
  passMaxMs: integer("pass_max_ms").notNull(),
  graceMs: integer("grace_ms").notNull(),
  notice: text("notice").notNull(),
  commitment: text("commitment"),
  entriesRoot: text("entries_root"),
  publicValue: text("public_value"),
  seed: text("seed"),
  drawn: integer("drawn"),
  lastNumber: integer("last_number").notNull().default(0),
  openedAt: instant("opened_at"),
  finishedAt: instant("finished_at"),
  settingsVersion: integer("settings_version").notNull().default(1),
});

import { LineId } from "@onsale/core/line/line";
import { EventId } from "@onsale/core/shared/ids";
import { EventState, SaleWindow } from "@onsale/core/event/event";
import { DisplayPrice } from "@onsale/core/pricing/display-price-schema";
import { PriceList } from "@onsale/core/pricing/price-list";
import { z } from "zod";
import { PublicLine } from "./line.ts";

const SaleNow = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), closesAtMs: z.number().nullable() }),
  z.object({ kind: z.literal("opens"), opensAtMs: z.number() }),
  z.object({
    kind: z.literal("closed"),
    why: z.enum(["not_published", "presale_only", "paused", "sold_out", "over", "cancelled"]),
  }),
]);

export const EventCard = z.object({
  id: EventId,
  slug: z.string(),
  title: z.string(),
  subtitle: z.string(),
  genre: z.string(),
  venue: z.object({ name: z.string(), city: z.string(), country: z.string() }),
  timeZone: z.string(),
  currency: z.string(),
  doorsAtMs: z.number().nullable(),
  startsAtMs: z.number(),
  endsAtMs: z.number().nullable(),
  state: EventState,
  sale: SaleNow,
  /** Lowest whole price, minor units. */
  from: z.number().nullable(),
});
export type EventCard = z.infer<typeof EventCard>;

const Facet = z.object({ name: z.string(), count: z.number() });
export const EventList = z.object({
  events: z.array(EventCard),
  total: z.number(),
  before: z.number(),
  next: z.string().nullable(),
  cities: z.array(Facet),
  genres: z.array(Facet),
  currencies: z.array(z.string()),
});
export type EventList = z.infer<typeof EventList>;

const Slug = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-z0-9-]+$/);
export const EventPageAsk = z.strictObject({ slug: Slug });

/** What the seats page needs to draw and to price. */
const SaleMap = z.object({
  layoutHash: z.string(),
  seatCount: z.number(),
  gaCapacity: z.number(),
  categories: z.array(z.object({ key: z.string(), label: z.string(), color: z.string().nullable() })),
  ticketTypes: z.array(z.object({ key: z.string(), label: z.string(), description: z.string().nullable() })),
  priceVersion: z.number(),
  prices: z.array(DisplayPrice),
  /** Charged once per order on top of any ticket: minor units, and a share of the ticket prices in basis points. */
  perOrder: z.object({ fixedMinor: z.number(), bps: z.number() }),
  priceList: PriceList,
});
export type SaleMap = z.infer<typeof SaleMap>;

export const EventPage = EventCard.extend({
  venue: EventCard.shape.venue.extend({ address: z.string() }),
  organizer: z.object({ slug: z.string(), name: z.string() }),
  description: z.string(),
  /** What the organizer said about it; null: nothing, or it is not cancelled. */
  cancelledBecause: z.string().nullable(),
  holdTtlMs: z.number(),
  maxPerFan: z.number(),
  saleWindows: z.array(SaleWindow),
  /** Lines of this event, finished ones included. */
  lines: z.array(PublicLine),
  /** The one of them that this visitor meets before the seats, by id; null: none stands there. */
  lineAhead: LineId.nullable(),
  map: SaleMap.nullable(),
});
export type EventPage = z.infer<typeof EventPage>;

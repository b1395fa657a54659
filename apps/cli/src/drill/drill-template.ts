import type { Container } from "@onsale/api/compose/container";
import { drillLayout, drillPrices } from "@onsale/core/drill/drill-layout";
import { DRILL_VENUE } from "@onsale/core/drill/drill-names";
import type { Venue } from "@onsale/core/venue/venue";
import type { LayoutDocument } from "@onsale/core/layout/layout";
import { compileLayout, houseSeatsOf } from "@onsale/core/layout/seat-plan";
import type { PriceList } from "@onsale/core/pricing/price-list";
import { must } from "@onsale/core/shared/assert";
import { CliError } from "../cli-error.ts";

/** What a drill sells: enough to set it up in any database, also in one that has never seen the event. */
export type DrillTemplate = {
  /** The event it was taken from; null: a plan made for the drill. */
  readonly slug: string | null;
  readonly subtitle: string;
  readonly description: string;
  readonly venue: Omit<Venue, "id" | "organizationId">;
  readonly document: LayoutDocument;
  /** To sell: standing ones included, blocked seats not. */
  readonly places: number;
  /** Seats that the organizer keeps, by number. */
  readonly blocked: readonly number[];
  readonly prices: PriceList;
  readonly timeZone: string;
  readonly currency: string;
  readonly maxPerFan: number;
};

/** A bowl of `places`. */
export function ownTemplate(places: number): DrillTemplate {
  const document = drillLayout(places);
  const prices = drillPrices(document);
  return {
    slug: null,
    subtitle: "Virtual fans only",
    description: "",
    venue: DRILL_VENUE,
    document,
    places,
    blocked: [],
    prices,
    timeZone: DRILL_VENUE.timeZone,
    currency: prices.currency,
    maxPerFan: 6,
  };
}

/** Layout, prices and limits of an event that is there. Throws event.not_found or event.incomplete. */
export async function templateOf(
  { services, layouts, priceLists, inventoryFacts }: Container,
  idOrSlug: string,
): Promise<DrillTemplate> {
  const event = await services.events.require(idOrSlug);
  const prices = await priceLists.find(event.id, event.priceVersion);
  if (!event.layoutId || !prices) throw new CliError("drill_unpriced", { title: event.title });
  const layout = must(await layouts.find(event.layoutId), "the layout of an event");
  const blocked =
    event.state === "draft"
      ? houseSeatsOf(compileLayout(layout.document))
      : (await inventoryFacts.read(event.id)).blocked;
  const { slug, title, description, venue, timeZone, currency, maxPerFan } = event;
  const { name, city, country } = venue;
  return {
    slug,
    subtitle: `A clone of ${title}`.slice(0, SUBTITLE_MAX),
    description,
    venue: { name, address: "", city, country, timeZone: venue.timeZone },
    document: layout.document,
    places: layout.seatCount + layout.gaCapacity - blocked.length,
    blocked,
    prices,
    timeZone,
    currency,
    maxPerFan,
  };
}

const SUBTITLE_MAX = 200;

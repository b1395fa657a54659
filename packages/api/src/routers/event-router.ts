import { EventList, EventPage, EventPageAsk } from "@onsale/contract/event";
import { closesAtMs, saleStatus } from "@onsale/core/event/sale-window";
import type { EventSummary } from "@onsale/core/event/event-store";
import { requirePublicEvent } from "@onsale/core/event/require-event";
import { lineAhead } from "@onsale/core/line/line-gate";
import { displayPrices, fromPrice, perOrderCharges } from "@onsale/core/pricing/display-price";
import { ProgrammeAsk } from "@onsale/core/programme/search-programme";
import { publicProcedure, router } from "../trpc.ts";
import { publicLine } from "./line-view.ts";

export const eventRouter = router({
  /** A page of what is listed, soonest first, with the true count and what there is to choose from. */
  list: publicProcedure
    .meta({ limit: "read" })
    .input(ProgrammeAsk.prefault({}))
    .output(EventList)
    .query(async ({ ctx: { services, clock }, input }) => {
      const nowMs = clock.nowMs();
      const { items, cities, genres, currencies, ...page } = await services.programme.search(input);
      return {
        events: items.map(({ event, fromMinor }) => ({ ...card(event, nowMs), from: fromMinor })),
        total: page.total,
        before: page.before,
        next: page.next,
        cities: [...cities],
        genres: [...genres],
        currencies: [...currencies],
      };
    }),

  bySlug: publicProcedure
    .meta({ limit: "read" })
    .input(EventPageAsk)
    .output(EventPage)
    .query(async ({ ctx: { services, clock, actor }, input }) => {
      const event = await requirePublicEvent(services.catalog, input.slug);
      const sale = await services.catalog.find(event.id);
      const { status, lines } = await services.saleFor(actor, event);
      return {
        ...card(event, clock.nowMs()),
        venue: event.venue,
        organizer: event.organizer,
        sale: saleView(event, status),
        from: sale ? fromPrice(sale.plan, sale.priceList) : null,
        description: event.description,
        cancelledBecause: event.cancelledBecause ?? null,
        holdTtlMs: event.holdTtlMs,
        maxPerFan: event.maxPerFan,
        saleWindows: event.saleWindows,
        lines: lines.map(publicLine),
        lineAhead: lineAhead(lines, status)?.id ?? null,
        map: sale
          ? {
              layoutHash: sale.layoutHash,
              seatCount: sale.plan.seatCount,
              gaCapacity: sale.plan.areas.reduce((sum, area) => sum + area.capacity, 0),
              categories: sale.plan.categories.map(({ key, label, color }) => ({
                key,
                label,
                color: color ?? null,
              })),
              ticketTypes: sale.priceList.ticketTypes.map(({ key, label, description }) => ({
                key,
                label,
                description: description ?? null,
              })),
              priceVersion: sale.priceVersion,
              prices: displayPrices(sale.plan, sale.priceList),
              perOrder: perOrderCharges(sale.priceList),
              // The same pure quote runs in the browser, so that a hold shows the whole price before anything is held.
              priceList: sale.priceList,
            }
          : null,
      };
    }),
});

function card(event: EventSummary, nowMs: number) {
  return {
    id: event.id,
    slug: event.slug,
    title: event.title,
    subtitle: event.subtitle,
    genre: event.genre,
    venue: { name: event.venue.name, city: event.venue.city, country: event.venue.country },
    timeZone: event.timeZone,
    currency: event.currency,
    doorsAtMs: event.doorsAtMs,
    startsAtMs: event.startsAtMs,
    endsAtMs: event.endsAtMs,
    state: event.state,
    sale: saleView(event, saleStatus(event, nowMs)),
  };
}

function saleView(event: EventSummary, status: ReturnType<typeof saleStatus>) {
  switch (status.kind) {
    case "open":
      return { kind: "open" as const, closesAtMs: closesAtMs(event, status.window) };
    case "opens":
      return { kind: "opens" as const, opensAtMs: status.window.opensAtMs };
    case "closed":
      return { kind: "closed" as const, why: status.why };
  }
}

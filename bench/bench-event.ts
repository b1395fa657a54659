import { system } from "@onsale/core/actor/actor";
import { randomUUID } from "node:crypto";
import type { Container } from "@onsale/api/compose/container";
import { EventDraft } from "@onsale/core/event/event";
import { generateStadium } from "@onsale/core/layout/generate/stadium";
import { PriceList } from "@onsale/core/pricing/price-list";
import { OrganizationDraft } from "@onsale/core/organization/organization";
import { EventId, type OrganizationId } from "@onsale/core/shared/ids";

/** Made once and found again. */
export async function benchOrganization({ organizations, services }: Container): Promise<OrganizationId> {
  const draft = OrganizationDraft.parse({
    slug: "bench",
    name: "Bench",
    currency: "EUR",
    timeZone: "Europe/Zurich",
    contactEmail: "bench@onsale.example",
  });
  const known = await organizations.find(draft.slug);
  return (known ?? (await services.organizations.create(system("drill"), draft, null))).id;
}

/** A new event in a stadium of its own, on sale. */
export async function openBenchEvent(
  container: Container,
  { seats = 20_000 }: { seats?: number } = {},
): Promise<{ eventId: EventId; title: string; slug: string }> {
  const { services, venues, clock } = container;
  const place = { name: `Bench ${randomUUID()}`, city: "Basel", country: "CH", timeZone: "Europe/Zurich" };
  const organizationId = await benchOrganization(container);
  const venue = await venues.create(system("drill"), { ...place, organizationId });
  const document = generateStadium(seats, { name: "Bench stadium" });
  const layout = await services.layouts.save(system("drill"), document, {
    organizationId,
    venueId: venue.id,
  });
  const slug = `bench-${randomUUID()}`;
  const draft = EventDraft.parse({
    slug,
    title: "An evening for the bench",
    description: "Two halves and a break, told in a few lines as an event's page has them.",
    venueId: venue.id,
    layoutId: layout.id,
    timeZone: "Europe/Zurich",
    currency: "EUR",
    doorsAtMs: null,
    startsAtMs: clock.nowMs() + 86_400_000,
    endsAtMs: null,
  });
  const eventId = EventId.parse((await services.events.create(system("drill"), organizationId, draft)).id);
  const prices = document.categories.map(({ key }) => ({
    category: key,
    ticketType: "adult",
    amountMinor: 5_000,
  }));
  const list = PriceList.parse({ currency: "EUR", ticketTypes: [{ key: "adult", label: "Adult" }], prices });
  await services.events.publishPrices(system("drill"), eventId, { version: 0, list });
  await services.events.move(system("drill"), { idOrSlug: eventId, to: "published" });
  await services.events.move(system("drill"), { idOrSlug: eventId, to: "on_sale" });
  return { eventId, title: draft.title, slug };
}

/** Pairs of neighbours that leave no single seat: rows are cut from their start. */
export async function pairsOf({ catalog }: Container, eventId: EventId): Promise<[number, number][]> {
  const { plan } = await catalog.require(eventId);
  return plan.runs.flatMap((run) =>
    Array.from({ length: Math.floor(run.count / 2) - 1 }, (_, i): [number, number] => [
      run.first + 2 * i,
      run.first + 2 * i + 1,
    ]),
  );
}

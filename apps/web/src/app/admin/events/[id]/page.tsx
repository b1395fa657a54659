import type { Metadata } from "next";
import { EventForm } from "../../../../features/admin/event-form.tsx";
import { EventFacts } from "../../../../features/admin/event-facts.tsx";
import { EventLinks } from "../../../../features/admin/event-links.tsx";
import { EventMoves } from "../../../../features/admin/event-moves.tsx";
import { StateMark } from "../../../../features/admin/event-state.tsx";
import { PriceEditor } from "../../../../features/admin/price-editor.tsx";
import { everyLayout } from "../../../../features/admin/every-layout.ts";
import { mayIn, portal } from "../../../../features/organization/portal.ts";
import { api } from "../../../../server/bridge.ts";
import { readFor } from "../../../../trpc/page-reads.ts";
import { PageHead } from "../../../../ui/frame/page-head.tsx";
import { Section } from "../../../../ui/section.tsx";

export const metadata: Metadata = { title: "Event" };

export default async function AdminEventPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { page, venues, layouts, may } = await readFor(`/admin/events/${id}`, async () => {
    const caller = await api();
    const found = await caller.admin.events.get({ idOrSlug: id });
    // Its own organization's, whichever the portal's lists are about.
    const organizationId = found.event.organizationId;
    const allowed = await mayIn(organizationId);
    const [places, known] = allowed("event.write")
      ? await Promise.all([caller.admin.venues.list({ organizationId }), everyLayout(caller, organizationId)])
      : [[], []];
    return { page: found, venues: places, layouts: known, may: allowed };
  });
  const { event } = page;
  const { mine, organization } = await portal();
  // The lists at the side go on being about the chosen one.
  const elsewhere =
    event.organizationId === organization?.id ? null : mine.find((one) => one.id === event.organizationId);
  return (
    <>
      <PageHead
        title={event.title}
        sub={elsewhere ? `An event of ${elsewhere.name}` : undefined}
        mark={<StateMark state={event.state} />}
      >
        <EventLinks event={event} here="event" />
      </PageHead>
      {may("event.sell") && <EventMoves key={event.state} event={event} />}
      {may("prices.write") && <PriceEditor key={`prices-${event.layoutId}`} page={page} />}
      <Section title="Details">
        {may("event.write") ? (
          <EventForm
            key={event.id}
            organizationId={event.organizationId}
            event={event}
            venues={venues}
            layouts={layouts}
          />
        ) : (
          <EventFacts event={event} />
        )}
      </Section>
    </>
  );
}

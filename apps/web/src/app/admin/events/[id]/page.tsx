import { OrganizationId } from "@onsale/core/shared/ids";
import type { Metadata } from "next";
import { EventForm } from "../../../../features/admin/event-form.tsx";
import { EventMoves } from "../../../../features/admin/event-moves.tsx";
import { StateMark } from "../../../../features/admin/event-state.tsx";
import { PriceEditor } from "../../../../features/admin/price-editor.tsx";
import styles from "../../../../features/admin/portal.module.css";
import { everyLayout } from "../../../../features/admin/every-layout.ts";
import { api } from "../../../../server/bridge.ts";
import { readFor } from "../../../../trpc/page-reads.ts";
import { ButtonLink } from "../../../../ui/button.tsx";
import { PageHead } from "../../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "Event" };

export default async function AdminEventPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { page, venues, layouts } = await readFor(`/admin/events/${id}`, async () => {
    const caller = await api();
    const found = await caller.admin.events.get({ idOrSlug: id });
    // Its own organization's, whichever the portal's lists are about.
    const organizationId = OrganizationId.parse(found.event.organizationId);
    const [places, known] = await Promise.all([
      caller.admin.venues.list({ organizationId }),
      everyLayout(caller, organizationId),
    ]);
    return { page: found, venues: places, layouts: known };
  });
  const { event } = page;
  return (
    <>
      <PageHead title={event.title} mark={<StateMark state={event.state} />}>
        <ButtonLink href={`/admin/events/${event.id}/line`}>The line</ButtonLink>
        {event.priceVersion > 0 && <ButtonLink href={`/admin/events/${event.id}/sales`}>Sales</ButtonLink>}
        {event.priceVersion > 0 && (
          <ButtonLink href={`/admin/events/${event.id}/waitlist`}>Waitlist</ButtonLink>
        )}
        {event.saleWindows.some(({ kind }) => kind === "presale") && (
          <ButtonLink href={`/admin/events/${event.id}/access`}>Presales</ButtonLink>
        )}
        {event.state !== "draft" && <ButtonLink href={`/events/${event.slug}`}>Public page</ButtonLink>}
      </PageHead>
      <EventMoves key={event.state} event={event} />
      <PriceEditor key={`prices-${event.layoutId}`} page={page} />
      <section className={styles["section"]} aria-labelledby="details">
        <h2 id="details">Details</h2>
        <EventForm
          key={event.id}
          organizationId={event.organizationId}
          event={event}
          venues={venues}
          layouts={layouts}
        />
      </section>
    </>
  );
}

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

export const metadata: Metadata = { title: "Event" };

export default async function AdminEventPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { page, venues, layouts } = await readFor(`/admin/events/${id}`, async () => {
    const caller = await api();
    const [found, places, known] = await Promise.all([
      caller.admin.events.get({ idOrSlug: id }),
      caller.admin.venues.list(),
      everyLayout(caller),
    ]);
    return { page: found, venues: places, layouts: known };
  });
  const { event } = page;
  return (
    <>
      <div className={styles["top"]}>
        <div>
          <h1>{event.title}</h1>
          <p>
            <StateMark state={event.state} />
          </p>
        </div>
        <div className={styles["actions"]}>
          <ButtonLink href={`/admin/events/${event.id}/line`}>The line</ButtonLink>
          {event.priceVersion > 0 && <ButtonLink href={`/admin/events/${event.id}/sales`}>Sales</ButtonLink>}
          {event.priceVersion > 0 && (
            <ButtonLink href={`/admin/events/${event.id}/waitlist`}>Waitlist</ButtonLink>
          )}
          {event.saleWindows.some(({ kind }) => kind === "presale") && (
            <ButtonLink href={`/admin/events/${event.id}/access`}>Presales</ButtonLink>
          )}
          {event.state !== "draft" && <ButtonLink href={`/events/${event.slug}`}>Public page</ButtonLink>}
        </div>
      </div>
      <EventMoves key={event.state} event={event} />
      <PriceEditor key={`prices-${event.layoutId}`} page={page} />
      <section className={styles["section"]} aria-labelledby="details">
        <h2 id="details">Details</h2>
        <EventForm key={event.id} event={event} venues={venues} layouts={layouts} />
      </section>
    </>
  );
}

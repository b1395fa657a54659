import type { Metadata } from "next";
import { EventForm } from "../../../../features/admin/event-form.tsx";
import { everyLayout } from "../../../../features/admin/every-layout.ts";
import { api } from "../../../../server/bridge.ts";
import { requireOrganization } from "../../../../features/organization/portal.ts";
import { readFor } from "../../../../trpc/page-reads.ts";
import { PageHead } from "../../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "New event" };

type Props = { searchParams: Promise<{ layout?: string | string[] }> };

export default async function NewEventPage({ searchParams }: Props) {
  const { layout } = await searchParams;
  const { id: organizationId } = await requireOrganization("event.write");
  const { venues, layouts, settings } = await readFor("/admin/events/new", async () => {
    const caller = await api();
    const [places, known, own] = await Promise.all([
      caller.admin.venues.list({ organizationId }),
      everyLayout(caller, organizationId),
      caller.organization.get({ organizationId }),
    ]);
    return { venues: places, layouts: known, settings: own };
  });
  return (
    <>
      <PageHead title="New event" />
      <EventForm
        organizationId={organizationId}
        event={null}
        venues={venues}
        layouts={layouts}
        starts={{
          layoutId: typeof layout === "string" ? layout : undefined,
          currency: settings.currency,
          timeZone: settings.timeZone,
        }}
      />
    </>
  );
}

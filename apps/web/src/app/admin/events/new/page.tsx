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
  const { venues, layouts, organizationId } = await readFor("/admin/events/new", async () => {
    const caller = await api();
    const { id } = await requireOrganization();
    const [places, known] = await Promise.all([
      caller.admin.venues.list({ organizationId: id }),
      everyLayout(caller, id),
    ]);
    return { venues: places, layouts: known, organizationId: id };
  });
  return (
    <>
      <PageHead title="New event" />
      <EventForm
        organizationId={organizationId}
        event={null}
        venues={venues}
        layouts={layouts}
        layoutId={typeof layout === "string" ? layout : undefined}
      />
    </>
  );
}

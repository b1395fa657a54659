import { LayoutId, type OrganizationId } from "@onsale/core/shared/ids";
import type { Metadata } from "next";
import { EventForm } from "../../../../features/admin/event-form.tsx";
import { everyLayout } from "../../../../features/admin/every-layout.ts";
import { type Api, api } from "../../../../server/bridge.ts";
import { portal, requireIn, requireOrganization } from "../../../../features/organization/portal.ts";
import { readFor } from "../../../../trpc/page-reads.ts";
import { PageHead } from "../../../../ui/frame/page-head.tsx";

export const metadata: Metadata = { title: "New event" };

type Props = { searchParams: Promise<{ layout?: string | string[] }> };

export default async function NewEventPage({ searchParams }: Props) {
  const { layout } = await searchParams;
  const layoutId = LayoutId.safeParse(layout).data;
  const { venues, layouts, settings } = await readFor("/admin/events/new", async () => {
    const caller = await api();
    const organizationId = await ownerOf(caller, layoutId);
    const [places, known, own] = await Promise.all([
      caller.admin.venues.list({ organizationId }),
      everyLayout(caller, organizationId),
      caller.organization.get({ organizationId }),
    ]);
    return { venues: places, layouts: known, settings: own };
  });
  const { organization } = await portal();
  return (
    <>
      <PageHead
        title="New event"
        sub={settings.id === organization?.id ? undefined : `An event of ${settings.name}`}
      />
      <EventForm
        organizationId={settings.id}
        event={null}
        venues={venues}
        layouts={layouts}
        starts={{
          layoutId,
          currency: settings.currency,
          timeZone: settings.timeZone,
        }}
      />
    </>
  );
}

/** What is made with a layout belongs to whoever has the layout, whichever organization the portal's lists are about. */
async function ownerOf(caller: Api, layoutId: LayoutId | undefined): Promise<OrganizationId> {
  if (layoutId === undefined) return (await requireOrganization("event.write")).id;
  const layout = await caller.admin.layouts.get({ layoutId });
  return requireIn(layout.organizationId, "event.write");
}

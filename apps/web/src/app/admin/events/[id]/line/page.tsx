import type { Metadata } from "next";
import { LineDesk } from "../../../../../features/line-console/line-desk.tsx";
import { api } from "../../../../../server/bridge.ts";
import { readFor } from "../../../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "The line" };

export default async function LinePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ window?: string | string[] }>;
}) {
  const { id } = await params;
  const { window } = await searchParams;
  const { event, lines, capacity } = await readFor(`/admin/events/${id}/line`, async () => {
    const caller = await api();
    const page = await caller.admin.events.get({ idOrSlug: id });
    const [found, layout] = await Promise.all([
      caller.admin.lines.list({ eventId: page.event.id }),
      page.event.layoutId === null ? null : caller.admin.layouts.get({ layoutId: page.event.layoutId }),
    ]);
    return {
      event: page.event,
      lines: found,
      capacity: layout ? layout.seatCount + layout.gaCapacity : null,
    };
  });
  return (
    <LineDesk
      event={event}
      lines={lines}
      windowKey={typeof window === "string" ? window : undefined}
      capacity={capacity}
    />
  );
}

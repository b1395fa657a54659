import type { Metadata } from "next";
import { AccessView } from "../../../../../features/admin/access-view.tsx";
import { api } from "../../../../../server/bridge.ts";
import { readFor } from "../../../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Presales" };

export default async function AccessPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { event } = await readFor(`/admin/events/${id}/access`, async () =>
    (await api()).admin.events.get({ idOrSlug: id }),
  );
  return <AccessView event={event} />;
}

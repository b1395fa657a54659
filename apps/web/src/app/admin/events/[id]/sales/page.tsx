import type { Metadata } from "next";
import { SalesView } from "../../../../../features/admin/sales-view.tsx";
import { api } from "../../../../../server/bridge.ts";
import { readFor } from "../../../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Sales" };

export default async function SalesPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <SalesView
      page={await readFor(`/admin/events/${id}/sales`, async () =>
        (await api()).admin.events.get({ idOrSlug: id }),
      )}
    />
  );
}

import type { Metadata } from "next";
import { WaitlistDesk } from "../../../../../features/admin/waitlist-desk.tsx";
import { api } from "../../../../../server/bridge.ts";
import { readFor } from "../../../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Waitlist" };

export default async function WaitlistPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <WaitlistDesk
      page={await readFor(`/admin/events/${id}/waitlist`, async () =>
        (await api()).admin.events.get({ idOrSlug: id }),
      )}
    />
  );
}

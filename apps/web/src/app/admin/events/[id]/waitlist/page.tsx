import type { Metadata } from "next";
import { WaitlistDesk } from "../../../../../features/admin/waitlist-desk.tsx";
import { api } from "../../../../../server/bridge.ts";
import { readFor } from "../../../../../trpc/page-reads.ts";
import { paramText } from "../../../../../ui/param-text.ts";

export const metadata: Metadata = { title: "Waitlist" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function WaitlistPage({ params, searchParams }: Props) {
  const { id } = await params;
  const asked = await searchParams;
  return (
    <WaitlistDesk
      page={await readFor(`/admin/events/${id}/waitlist`, async () =>
        (await api()).admin.events.get({ idOrSlug: id }),
      )}
      params={{ q: paramText(asked, "q", 100), stand: paramText(asked, "stand") }}
    />
  );
}

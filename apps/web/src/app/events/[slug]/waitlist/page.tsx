import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { WaitlistView } from "../../../../features/waitlist/waitlist-view.tsx";
import { api } from "../../../../server/bridge.ts";
import { leadToAddress, readFor } from "../../../../trpc/page-reads.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

async function load({ params, searchParams }: Props) {
  const { slug } = await params;
  return readFor(`/events/${slug}/waitlist`, async () => {
    const caller = await api();
    const [event, me] = await Promise.all([caller.event.bySlug({ slug }), caller.account.me()]);
    await leadToAddress({ slug, pathOf: (now) => `/events/${now}/waitlist`, search: searchParams }, event);
    return { caller, event, me };
  });
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { event } = await load(props);
  return { title: `The waitlist: ${event.title}`, robots: { index: false } };
}

export default async function WaitlistPage(props: Props) {
  const { caller, event, me } = await load(props);
  if (!event.map) redirect(`/events/${event.slug}`);
  const waits = me ? await caller.waitlist.mine({ eventId: event.id }) : [];
  return <WaitlistView event={event} map={event.map} signedIn={me !== null} waits={waits} />;
}

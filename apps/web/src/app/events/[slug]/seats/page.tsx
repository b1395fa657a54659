import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SeatChooser } from "../../../../features/choose/seat-chooser.tsx";
import { readStanding } from "../../../../features/line/read-standing.ts";
import { lineAhead } from "../../../../features/line-pass/standing.ts";
import { api, pageBridge } from "../../../../server/bridge.ts";
import { leadToAddress, readFor } from "../../../../trpc/page-reads.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

async function load({ params, searchParams }: Props) {
  const { slug } = await params;
  return readFor(`/events/${slug}/seats`, async () => {
    const caller = await api();
    const [event, me] = await Promise.all([caller.event.bySlug({ slug }), caller.account.me()]);
    await leadToAddress({ slug, pathOf: (now) => `/events/${now}/seats`, search: searchParams }, event);
    return { event, me };
  });
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { event } = await load(props);
  return {
    title: `Choose seats: ${event.title}`,
    description: event.subtitle || event.description.slice(0, 160),
    // The event's own page is the one to be found.
    alternates: { canonical: new URL(`/events/${event.slug}`, pageBridge().publicUrl).href },
  };
}

export default async function SeatsPage(props: Props) {
  const { event, me } = await load(props);
  if (!event.map) redirect(`/events/${event.slug}`);
  return (
    <SeatChooser
      event={event}
      map={event.map}
      accountId={me?.id ?? null}
      standing={me ? await readStanding(event.id, lineAhead(event)?.id) : null}
    />
  );
}

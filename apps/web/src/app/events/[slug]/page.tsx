import type { Metadata } from "next";
import { EventView } from "../../../features/event-page/event-view.tsx";
import { placeWords } from "../../../features/event/event-words.ts";
import { api } from "../../../server/bridge.ts";
import { leadToAddress, readFor } from "../../../trpc/page-reads.ts";
import { requestLocale } from "../../../server/locale.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

async function load({ params, searchParams }: Props) {
  const { slug } = await params;
  const event = await readFor(`/events/${slug}`, async () => (await api()).event.bySlug({ slug }));
  await leadToAddress({ slug, pathOf: (now) => `/events/${now}`, search: searchParams }, event);
  return { event, nowMs: Date.now() };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { event } = await load(props);
  return {
    title: `${event.title}, ${placeWords(event.venue)}`,
    description: event.subtitle || event.description.slice(0, 160),
  };
}

export default async function EventPage(props: Props) {
  return <EventView {...await load(props)} locale={await requestLocale()} />;
}

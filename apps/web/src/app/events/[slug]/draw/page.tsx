import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DrawView } from "../../../../features/line/draw/draw-view.tsx";
import { readStanding } from "../../../../features/line/read-standing.ts";
import { lineToShow } from "../../../../features/line-pass/standing.ts";
import { api } from "../../../../server/bridge.ts";
import { leadToAddress, readFor } from "../../../../trpc/page-reads.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ window?: string | string[] }>;
};

async function load({ params, searchParams }: Props) {
  const { slug } = await params;
  return readFor(`/events/${slug}/draw`, async () => {
    const caller = await api();
    const [event, me] = await Promise.all([caller.event.bySlug({ slug }), caller.account.me()]);
    await leadToAddress({ slug, pathOf: (now) => `/events/${now}/draw`, search: searchParams }, event);
    return { event, me };
  });
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { event } = await load(props);
  return { title: `The draw: ${event.title}` };
}

export default async function DrawPage(props: Props) {
  const { event, me } = await load(props);
  const { window } = await props.searchParams;
  const line = lineToShow(event, typeof window === "string" ? window : undefined);
  if (!line) redirect(`/events/${event.slug}`);
  const standing = me ? await readStanding(event.id, line.id) : null;
  return <DrawView event={event} line={line} ownEntry={standing?.entry ?? null} />;
}

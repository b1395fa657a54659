import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LineView } from "../../../../features/line/line-view.tsx";
import { readStanding } from "../../../../features/line/read-standing.ts";
import { lineToShow } from "../../../../features/line-pass/standing.ts";
import { api } from "../../../../server/bridge.ts";
import { leadToAddress, readFor } from "../../../../trpc/page-reads.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ window?: string | string[]; join?: string | string[] }>;
};

async function load({ params, searchParams }: Props) {
  const { slug } = await params;
  return readFor(`/events/${slug}/line`, async () => {
    const caller = await api();
    const [event, me] = await Promise.all([caller.event.bySlug({ slug }), caller.account.me()]);
    await leadToAddress({ slug, pathOf: (now) => `/events/${now}/line`, search: searchParams }, event);
    return { event, me };
  });
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { event } = await load(props);
  return { title: `The line: ${event.title}`, robots: { index: false } };
}

export default async function LinePage(props: Props) {
  const { event, me } = await load(props);
  const { window, join } = await props.searchParams;
  const line = lineToShow(event, typeof window === "string" ? window : undefined);
  if (!line) redirect(`/events/${event.slug}`);
  return (
    <LineView
      key={line.id}
      event={event}
      line={line}
      accountId={me?.id ?? null}
      standing={me ? await readStanding(event.id, line.id) : null}
      joinNow={join === "1"}
    />
  );
}

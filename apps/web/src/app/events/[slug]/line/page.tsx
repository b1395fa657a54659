import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LineView } from "../../../../features/line/line-view.tsx";
import { lineToShow, type Standing } from "../../../../features/line/standing.ts";
import { api } from "../../../../server/bridge.ts";
import { readFor } from "../../../../trpc/page-reads.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ window?: string | string[]; join?: string | string[] }>;
};

async function load({ params }: Props) {
  const { slug } = await params;
  return readFor(`/events/${slug}/line`, async () => {
    const caller = await api();
    const [event, me] = await Promise.all([caller.event.bySlug({ slug }), caller.account.me()]);
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
  const line = lineToShow(event.lines, typeof window === "string" ? window : undefined);
  if (!line) redirect(`/events/${event.slug}`);
  return (
    <LineView
      key={line.id}
      event={event}
      line={line}
      accountId={me?.id ?? null}
      standing={me ? await standingIn(event.id, line.id) : null}
      joinNow={join === "1"}
    />
  );
}

/** undefined: the stores cannot say now; what the fan's browser kept counts then, and the page asks again. */
async function standingIn(eventId: string, lineId: string): Promise<Standing | null | undefined> {
  try {
    const standing = await (await api()).line.mine({ eventId });
    return standing?.lineId === lineId ? standing : null;
  } catch {
    return undefined;
  }
}

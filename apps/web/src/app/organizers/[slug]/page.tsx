import type { Metadata } from "next";
import { OrganizerView } from "../../../features/organizer/organizer-view.tsx";
import { api } from "../../../server/bridge.ts";
import { requestLocale } from "../../../server/locale.ts";
import { readFor } from "../../../trpc/page-reads.ts";
import { paramText } from "../../../ui/param-text.ts";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const organizerOf = ({ slug }: { slug: string }) =>
  readFor(`/organizers/${slug}`, async () => (await api()).organizer.get({ slug }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await organizerOf(await params);
  return { title: name, description: `Tickets for events by ${name}, at the price you see.` };
}

export default async function OrganizerPage({ params, searchParams }: Props) {
  const organizer = await organizerOf(await params);
  const after = paramText(await searchParams, "after");
  const found = await readFor(`/organizers/${organizer.slug}`, async () =>
    (await api()).event.list({
      organizationId: organizer.id,
      after: after || null,
    }),
  );
  return <OrganizerView organizer={organizer} found={found} locale={await requestLocale()} />;
}

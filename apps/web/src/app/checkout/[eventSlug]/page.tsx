import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Checkout } from "../../../features/checkout/checkout.tsx";
import { readStanding } from "../../../features/line/read-standing.ts";
import { lineAhead } from "../../../features/line-pass/standing.ts";
import { api } from "../../../server/bridge.ts";
import { leadToAddress, readFor } from "../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Checkout", robots: { index: false } };

type Props = {
  params: Promise<{ eventSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function CheckoutPage({ params, searchParams }: Props) {
  const { eventSlug } = await params;
  const { event, holds, latest, me } = await readFor(`/checkout/${eventSlug}`, async () => {
    const caller = await api();
    const found = await caller.event.bySlug({ slug: eventSlug });
    const pathOf = (now: string) => `/checkout/${now}`;
    await leadToAddress({ slug: eventSlug, pathOf, search: searchParams }, found);
    const [held, order, account] = await Promise.all([
      caller.hold.mine({ eventId: found.id }),
      caller.order.latestIn({ eventId: found.id }),
      caller.account.me(),
    ]);
    return { event: found, holds: held, latest: order, me: account };
  });
  if (!event.map) redirect(`/events/${event.slug}`);
  const isHeld = holds.some(({ hold }) => hold.state === "active");
  const isOpen = latest?.state === "awaiting_payment" || latest?.state === "committed";
  if (isOpen && !isHeld) redirect(`/orders/${latest.id}`);
  return (
    <Checkout
      event={event}
      map={event.map}
      holds={holds}
      latest={latest}
      accountId={me?.id ?? null}
      standing={await readStanding(event.id, lineAhead(event)?.id)}
    />
  );
}

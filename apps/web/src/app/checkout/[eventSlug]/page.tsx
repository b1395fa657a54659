import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Checkout } from "../../../features/checkout/checkout.tsx";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Checkout", robots: { index: false } };

type Props = { params: Promise<{ eventSlug: string }> };

export default async function CheckoutPage({ params }: Props) {
  const { eventSlug } = await params;
  const { event, carts } = await readFor(`/checkout/${eventSlug}`, async () => {
    const caller = await api();
    const found = await caller.event.bySlug({ slug: eventSlug });
    return { event: found, carts: await caller.hold.mine({ eventId: found.id }) };
  });
  if (!event.map) redirect(`/events/${event.slug}`);
  return <Checkout event={event} map={event.map} carts={carts} />;
}

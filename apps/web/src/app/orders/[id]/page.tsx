import type { Metadata } from "next";
import { OrderView } from "../../../features/order/order-view.tsx";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Your order", robots: { index: false } };

export default async function OrderPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <OrderView first={await readFor(`/orders/${id}`, async () => (await api()).order.get({ orderId: id }))} />
  );
}

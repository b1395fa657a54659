import type { Metadata } from "next";
import { OrderView } from "../../../features/order/order-view.tsx";
import { api } from "../../../server/bridge.ts";
import { readFor } from "../../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "Your order", robots: { index: false } };

export default async function OrderPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { first, me } = await readFor(`/orders/${id}`, async () => {
    const caller = await api();
    const [order, account] = await Promise.all([caller.order.get({ orderId: id }), caller.account.me()]);
    return { first: order, me: account };
  });
  return <OrderView first={first} accountId={me?.id ?? ""} />;
}

import type { Metadata } from "next";
import { MyTickets } from "../../features/ticket/my-tickets.tsx";
import { api } from "../../server/bridge.ts";
import { readFor } from "../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "My tickets", robots: { index: false } };

export default async function TicketsPage() {
  const { tickets, orders } = await readFor("/tickets", async () => {
    const caller = await api();
    const [mine, all] = await Promise.all([caller.ticket.mine(), caller.order.mine()]);
    return { tickets: mine, orders: all };
  });
  return <MyTickets tickets={tickets} orders={orders} />;
}

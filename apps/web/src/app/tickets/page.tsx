import type { Metadata } from "next";
import { WaitlistNotices } from "../../features/waitlist/waitlist-notice.tsx";
import { MyTickets } from "../../features/ticket/my-tickets.tsx";
import { api } from "../../server/bridge.ts";
import { readFor } from "../../trpc/page-reads.ts";

export const metadata: Metadata = { title: "My tickets", robots: { index: false } };

export default async function TicketsPage() {
  const { tickets, orders, waits } = await readFor("/tickets", async () => {
    const caller = await api();
    const [mine, all, running] = await Promise.all([
      caller.ticket.mine(),
      caller.order.mine(),
      caller.waitlist.mine({}),
    ]);
    return { tickets: mine, orders: all, waits: running };
  });
  return <MyTickets tickets={tickets} orders={orders} notice={<WaitlistNotices waits={waits} />} />;
}

import type { Metadata } from "next";
import { WaitlistNotices } from "../../features/waitlist/waitlist-notice.tsx";
import { moment } from "@onsale/core/shared/format";
import { MyTickets } from "../../features/ticket/my-tickets.tsx";
import { TicketsKeeper } from "../../features/ticket/tickets-keeper.tsx";
import { api } from "../../server/bridge.ts";
import { requestLocale } from "../../server/locale.ts";
import { readFor } from "../../trpc/page-reads.ts";
import { paramText } from "../../ui/param-text.ts";

export const metadata: Metadata = { title: "My tickets", robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TicketsPage({ searchParams }: Props) {
  const asked = await searchParams;
  const { me, tickets, orders, waits } = await readFor("/tickets", async () => {
    const caller = await api();
    const [account, mine, all, running] = await Promise.all([
      caller.account.me(),
      caller.ticket.mine({ after: paramText(asked, "tickets") || null }),
      caller.order.mine({ after: paramText(asked, "orders") || null, limit: 20 }),
      caller.waitlist.mine({}),
    ]);
    return { me: account, tickets: mine, orders: all, waits: running };
  });
  const locale = await requestLocale();
  return (
    <MyTickets
      tickets={tickets}
      orders={orders}
      locale={locale}
      notice={
        <>
          {me && <TicketsKeeper accountId={me.id} asOf={moment(Date.now(), "UTC", locale)} />}
          <WaitlistNotices waits={waits} locale={locale} />
        </>
      }
    />
  );
}

import { and, eq, sql as raw } from "drizzle-orm";
import type { OrderSearchStore } from "@onsale/core/order/order-search-store";
import type { Database } from "../client.ts";
import { newestFirst } from "../sorted-pages.ts";
import { orders } from "../schema/tables.ts";
import { orderOf } from "./order-row.ts";

const pagesIn = newestFirst(orders.createdAt, orders.id);

export function makePgOrderSearchStore({ db }: Pick<Database, "db">): OrderSearchStore {
  return {
    async search({ eventId, email, reference, seatNos, state, ...ask }) {
      const wanted = and(
        eventId === null ? undefined : eq(orders.eventId, eventId),
        email === null
          ? undefined
          : raw`(lower(${orders.email}) = lower(${email})
              or ${orders.accountId} in (select id from account where lower(email) = lower(${email})))`,
        reference === null ? undefined : raw`starts_with(${orders.reference}, ${reference})`,
        seatNos === null ? undefined : raw`${orders.seatNos} && ${raw.param([...seatNos])}::integer[]`,
        state === null ? undefined : eq(orders.state, state),
      );
      const pages = pagesIn(ask);
      const [rows, total] = await Promise.all([
        db
          .select({ order: orders, sortKey: pages.sortKey, id: orders.id })
          .from(orders)
          .where(and(wanted, pages.where()))
          .orderBy(...pages.orderBy)
          .limit(ask.limit + 1),
        db.$count(orders, wanted),
      ]);
      const page = pages.cut(rows, total);
      return { ...page, items: page.items.map(({ order }) => orderOf(order)) };
    },
  };
}

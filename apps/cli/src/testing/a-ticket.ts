import { AccountId, EventId, OrderId, TicketId } from "@onsale/core/shared/ids";
import type { Ticket } from "@onsale/core/ticket/ticket";

export const A_TICKET: Ticket = {
  id: TicketId.parse("11111111-1111-4111-8111-111111111111"),
  orderId: OrderId.parse("33333333-3333-4333-8333-333333333333"),
  eventId: EventId.parse("22222222-2222-4222-8222-222222222222"),
  accountId: AccountId.parse("44444444-4444-4444-8444-444444444444"),
  itemIndex: 0,
  seatNo: 41,
  areaNo: null,
  place: { section: "A", row: "1", seat: "42" },
  ticketType: "adult",
  status: "issued",
  issuedAtMs: 0,
};

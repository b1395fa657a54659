import type { AccountId, EventId, OrderId, TicketId } from "../shared/ids.ts";
/** used: it was scanned. void: it was refunded or replaced, also after the scan. */
export const TICKET_NEXT = {
  issued: ["used", "void"],
  used: ["void"],
  void: [],
} as const satisfies Record<string, readonly string[]>;
export type TicketStatus = keyof typeof TICKET_NEXT;

/** A ticket as issued. */
export type Ticket = {
  readonly id: TicketId;
  readonly orderId: OrderId;
  readonly eventId: EventId;
  readonly accountId: AccountId;
  readonly itemIndex: number;
  readonly seatNo: number | null;
  readonly areaNo: number | null;
  readonly place: { readonly section: string; readonly row: string | null; readonly seat: string | null };
  readonly ticketType: string;
  readonly status: TicketStatus;
  readonly issuedAtMs: number;
};

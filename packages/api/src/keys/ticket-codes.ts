import { makeBoundedMap } from "@onsale/core/shared/bounded-map";
import { encodeTicketCode } from "@onsale/core/ticket/ticket-code";
import type { Ticket } from "@onsale/core/ticket/ticket";
import type { TicketSigner } from "./ticket-signer.ts";

export const TICKET_KEY_ID = 1;
const KEPT_MAX = 20_000;

/** The code of a ticket, a function of the ticket and the key; kept, because signing costs more than looking up. */
export function makeTicketCodes(signer: TicketSigner): (ticket: Ticket) => string {
  const codes = makeBoundedMap<string, string>(KEPT_MAX);
  return (ticket) => {
    const known = codes.get(ticket.id);
    if (known) return known;
    const code = encodeTicketCode(
      {
        keyId: TICKET_KEY_ID,
        eventId: ticket.eventId,
        ticketId: ticket.id,
        seatNo: ticket.seatNo,
        areaNo: ticket.areaNo,
      },
      signer.sign,
    );
    codes.set(ticket.id, code);
    return code;
  };
}

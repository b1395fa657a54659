import type { LineCatalog } from "./line-catalog.ts";

export const en: LineCatalog = {
  states: {
    closed: { label: "Not open yet", fans: "Fans see when the lobby opens." },
    lobby: {
      label: "Lobby",
      fans: "Fans join and wait for the draw. Joining early or late makes no difference.",
    },
    drawing: { label: "Drawing", fans: "The lobby is closed; fans wait a moment for their number." },
    open: { label: "Open", fans: "Fans are let in by number, as fast as the limits allow." },
    paused: {
      label: "Paused",
      fans: "Nobody is let in. Those inside may finish; everybody keeps their number.",
    },
    draining: { label: "Draining", fans: "Nobody joins any more. Those in the line are still let in." },
  },
  over: {
    label: "Closed",
    fans: "The line is over. Seats that are left are sold without it.",
  },
  reasons: {
    inflow: { label: "inflow", says: "As many as the inflow limit allows." },
    cap: { label: "cap", says: "The room is full; one goes in for each who leaves." },
    pace: { label: "pace", says: "Slowed down by hand." },
    nobody_present: { label: "nobody waits", says: "Nobody at the front is waiting." },
    orders_waiting: { label: "orders wait", says: "Orders wait to be written." },
    database_slow: { label: "database slow", says: "The database answers slowly." },
    provider_slow: { label: "payments slow", says: "The payment provider answers slowly." },
    not_selling: {
      label: "not on sale",
      says: "The event is paused or its sale window is not open: nobody inside could take a seat.",
    },
    stock_low: { label: "few seats", says: "Fewer seats are left than fans inside may buy." },
    stock_gone: { label: "no seats", says: "Every seat is sold or held." },
    paused: { label: "paused", says: "Somebody paused the line." },
    settling: {
      label: "settling",
      says: "After the draw or a loss of Redis; fans at the front check in.",
    },
    not_open: { label: "not open", says: "The draw has not been made." },
  },
};

import type { EventId } from "../shared/ids.ts";

export type EventSales = {
  readonly capacity: number;
  readonly sold: number;
  readonly claimed: number;
  readonly blocked: number;
  readonly orders: number;
  readonly grossMinor: number;
  readonly feeMinor: number;
  readonly byCategory: readonly {
    category: string;
    ticketType: string;
    tickets: number;
    faceMinor: number;
  }[];
  readonly byHour: readonly { hourMs: number; tickets: number; grossMinor: number }[];
};

/** What an organizer sees of an event's orders: sums by category, ticket type and hour. */
export interface SalesStore {
  read(eventId: EventId): Promise<EventSales>;
}

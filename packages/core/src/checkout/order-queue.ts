import type { EventId, OrderId } from "../shared/ids.ts";
import type { CommitOutcome, OrderDraft } from "../order/order-draft.ts";

export type QueuedOrder = { readonly entryId: string; readonly draft: OrderDraft };

/** The FIFO stream between checkout and the order writer. Nothing is ever trimmed before it was acknowledged. */
export interface OrderQueue {
  /**
   * The next orders of any of the events, oldest first, at most `limit`; first those this consumer (or a dead one) took
   * and never acknowledged. Waits up to `blockMs` when there are none. Unreadable entries are moved aside and counted.
   */
  read(input: {
    eventIds: readonly EventId[];
    limit: number;
    blockMs: number;
  }): Promise<{ eventId: EventId; orders: QueuedOrder[] }[]>;
  acknowledge(eventId: EventId, entryIds: readonly string[]): Promise<void>;
  length(eventId: EventId): Promise<number>;
  /** Tells the waiting API processes how their orders ended, one message per process. */
  answer(outcomes: readonly { replyTo: string; outcome: CommitOutcome }[]): Promise<void>;
  /** Waits for one order's answer on this process's own channel; null after `timeoutMs`. */
  awaitAnswer(orderId: OrderId, timeoutMs: number): Promise<CommitOutcome | null>;
  /** The channel to put into a draft's replyTo. */
  readonly replyTo: string;
  close(): Promise<void>;
}

import { z } from "zod";
import { PaymentMethod } from "../payment/payment.ts";
import { OrderId } from "../shared/ids.ts";
import type { EventId } from "../shared/ids.ts";
import { type OrderDraft, ReplyTo } from "../order/order-draft.ts";
import type { OrderAnswer } from "./order-answer.ts";

/** Something to do for an order that stands in Postgres. */
export const OrderAsk = z.strictObject({
  orderId: OrderId,
  want: z.discriminatedUnion("kind", [
    /** Ask the provider how the payment stands and go on from there. */
    z.strictObject({ kind: z.literal("go_on") }),
    /** The fan pays with this after the attempt before was declined or left. */
    z.strictObject({ kind: z.literal("pay"), method: PaymentMethod, attempt: z.int().min(1).max(100) }),
    /** The fan does not want to pay any more. */
    z.strictObject({ kind: z.literal("cancel") }),
  ]),
  /** null: nobody waits. */
  replyTo: ReplyTo.nullable(),
});
export type OrderAsk = z.infer<typeof OrderAsk>;

export type QueuedEntry =
  | { readonly entryId: string; readonly draft: OrderDraft; readonly ask?: undefined }
  | { readonly entryId: string; readonly ask: OrderAsk; readonly draft?: undefined };

/** What waits for an answer by this name on this process's own channel. */
export type AwaitedAnswer = {
  readonly replyTo: ReplyTo;
  /** null after the time is over: the answer may have been lost, and the caller reads how it stands. */
  readonly answer: Promise<OrderAnswer | null>;
};

/**
 * The FIFO stream of an event between the processes that sell and the worker that owns it. Nothing is ever trimmed before
 * it was acknowledged.
 */
export interface OrderQueue {
  /**
   * The next entries of any of the events, oldest first, at most `limit` of each; first those this consumer (or a dead
   * one) took and never acknowledged. Waits up to `blockMs` when there are none. Unreadable entries are moved aside and
   * counted.
   */
  read(input: {
    eventIds: readonly EventId[];
    limit: number;
    blockMs: number;
  }): Promise<{ eventId: EventId; entries: QueuedEntry[] }[]>;
  acknowledge(eventId: EventId, entryIds: readonly string[]): Promise<void>;
  /** Moves an entry out of the way that the worker cannot do anything with; kept for a person. */
  setAside(eventId: EventId, entry: QueuedEntry, problem: string): Promise<void>;
  /** Entries moved aside so far, and kept; each is an order that needs a person. */
  unreadable(eventId: EventId): Promise<number>;
  /** The events that may have such entries, also those that are over. */
  withUnreadable(): Promise<EventId[]>;
  length(eventId: EventId): Promise<number>;
  /** The newest entry that is not acknowledged; null: there is none. */
  newest(eventId: EventId): Promise<string | null>;
  /** Whether this entry, or one from before it, is not acknowledged. */
  hasUpTo(eventId: EventId, entryId: string): Promise<boolean>;
  /** null: the stream of the event is full. */
  ask(eventId: EventId, ask: OrderAsk, queueMax: number): Promise<{ queueLength: number } | null>;
  /** Tells the waiting processes, one message per process. */
  answer(answers: readonly { replyTo: ReplyTo; answer: OrderAnswer }[]): Promise<void>;
  /** `name` null: one that nobody else has. */
  await(name: string | null, timeoutMs: number): AwaitedAnswer;
  close(): Promise<void>;
}

import { z } from "zod";
import { CommitOutcome } from "../order/order-draft.ts";

/** Where an order's money stands after everything that could be done now was done. */
export const PaymentProgress = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("paid") }),
  /** The fan has to confirm this try to pay with their bank. */
  z.object({ kind: z.literal("requires_action"), actionUrl: z.string(), attempt: z.int() }),
  /** Not clear yet: the bank has not said, or nobody answered for the queue. Nothing is lost and nothing is charged twice. */
  z.object({ kind: z.literal("pending"), waitsFor: z.enum(["bank", "queue"]) }),
  /** The order keeps its seats until its time is over and may be paid another way; `attempt` was the last try. */
  z.object({ kind: z.literal("declined"), reason: z.string(), attempt: z.int() }),
  /** Cancelled or failed before the money was taken. */
  z.object({ kind: z.literal("over"), reason: z.string() }),
]);
export type PaymentProgress = z.infer<typeof PaymentProgress>;

/** What the worker tells the process that waits: the order was not made, or how far its payment came. */
export const OrderAnswer = z.union([
  z.object({ refused: CommitOutcome }),
  z.object({ progress: PaymentProgress }),
]);
export type OrderAnswer = z.infer<typeof OrderAnswer>;

import { z } from "zod";
import { EventState } from "../event/event.ts";
import { PaymentMethod, PaymentState } from "../payment/payment.ts";
import { AccountId, EventId, HoldId, OrderId } from "../shared/ids.ts";
import { OrderState } from "./order.ts";

/** An order as the stages of a sale know it, as the database function open_orders gives it. */
export const OpenOrder = z.object({
  orderId: OrderId,
  eventId: EventId,
  accountId: AccountId,
  holdId: HoldId,
  state: OrderState,
  /** Why it is cancelled or failed, as a code. */
  reason: z.string().nullable(),
  totalMinor: z.int(),
  currency: z.string(),
  itemCount: z.int(),
  /** Past the time in which it may be paid. */
  isLate: z.boolean(),
  eventState: EventState,
  /** A stage could not do it; nobody goes on with it until a person looked. */
  isParked: z.boolean(),
  /** The latest attempt to pay; null: there was none. */
  payment: z
    .object({
      attempt: z.int(),
      provider: z.string(),
      key: z.string(),
      method: PaymentMethod,
      providerRef: z.string().nullable(),
      state: PaymentState,
      actionUrl: z.string().nullable(),
      declineReason: z.string().nullable(),
    })
    .nullable(),
});
export type OpenOrder = z.infer<typeof OpenOrder>;
export type OpenPayment = NonNullable<OpenOrder["payment"]>;

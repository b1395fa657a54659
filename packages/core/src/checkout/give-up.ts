import type { OpenOrder } from "../order/open-order.ts";
import type { Stage } from "../order/order-store.ts";
import { must } from "../shared/assert.ts";
import { AppError } from "../shared/errors.ts";
import type { OrderId } from "../shared/ids.ts";
import type { PaymentProgress } from "./order-answer.ts";
import type { OrderStages } from "./order-stages.ts";
import { isDead } from "./payment-progress.ts";
import { endOrder, returnMoney, type SettleDeps } from "./settle-order.ts";

/** The job that sends back what was reserved for an order that is over. */
export const RETURN_MONEY = "payment.return";
const RETURN_MONEY_AFTER_MS = 5_000;

export type GiveUpDeps = SettleDeps & {
  /** Nobody goes on with this order until a person looked. */
  readonly onParked: (orderId: OrderId, stage: Stage, error: string) => void;
};

export async function requireOrder({ orders }: SettleDeps, orderId: OrderId): Promise<OpenOrder> {
  const [order] = await orders.openOrders([orderId]);
  if (!order) throw new AppError("order.not_found");
  return order;
}

/** How the open orders of an event in this state end; null while it may be sold. */
export function overOf({ eventState }: OpenOrder): { to: "cancelled"; reason: string } | null {
  if (eventState === "cancelled") return { to: "cancelled", reason: "event_cancelled" };
  return eventState === "ended" ? { to: "cancelled", reason: "event_ended" } : null;
}

/**
 * First the order ends in Postgres, by the one statement that cannot happen together with selling its seats; only then
 * is reserved money sent back. The job stands before either, so that a death in between forgets no money.
 */
export async function giveUp(
  deps: GiveUpDeps,
  order: OpenOrder,
  how: { to: "cancelled" | "failed"; reason: string },
): Promise<OpenOrder> {
  const { orderId, payment } = order;
  if (payment && !(isDead(payment) && payment.providerRef !== null))
    await deps.jobs.enqueue({
      kind: RETURN_MONEY,
      payload: { orderId },
      effectKey: `${RETURN_MONEY}:${orderId}`,
      runInMs: RETURN_MONEY_AFTER_MS,
    });
  const ended = await endOrder(deps, order, how);
  const now = await requireOrder(deps, orderId);
  // Neither ended nor moved on: its money was taken without its seats. A person decides; invariant I4 names it.
  if (!ended && now.state === "awaiting_payment") {
    await park(deps, orderId, { stage: "end", error: "captured_without_seats" });
    return { ...now, isParked: true };
  }
  return now;
}

export async function park(
  deps: GiveUpDeps,
  orderId: OrderId,
  { stage, error }: { stage: Stage; error: string },
): Promise<PaymentProgress> {
  await deps.orders.parkOrder(orderId, stage, error);
  deps.onParked(orderId, stage, error);
  return { kind: "pending", waitsFor: "bank" };
}

/**
 * The job RETURN_MONEY: throws while the provider is silent, so that it is tried again. Any worker may do it, also one that does
 * not own the event: its order is over, and nothing of it is sold any more.
 */
export async function returnMoneyOf(deps: GiveUpDeps, orderId: OrderId): Promise<void> {
  const [order] = await deps.orders.openOrders([orderId]);
  if (order?.state !== "cancelled" && order?.state !== "failed") return;
  const settle: OrderStages["settle"] = async (_, answer) =>
    must((await deps.orders.settlePayments([answer]))[0], "orders are never deleted");
  const returned = await returnMoney({ ...deps, stages: { ...deps.stages, settle } }, order);
  if (returned === "silent") throw new AppError("payment.unavailable");
}

"use client";

import type { OrderPage } from "@onsale/contract/order";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { askAgainInMs, isUnsure } from "../checkout/ask-again.ts";
import { useTimeLeft } from "../time-left/use-time-left.ts";
import { type Awaiting, awaitingOf } from "./awaiting.ts";

/** What can be done about an open order, and how it stands; the provider is asked by itself while something may move. */
export function usePayingOn({ order, nowMs }: OrderPage, lookAgain: () => unknown) {
  const trpc = useTRPC();
  const { id: orderId, payment } = order;
  const left = useTimeLeft({ expiresAtMs: order.payByMs, nowMs });
  const onSettled = () => void lookAgain();
  const pay = useMutation(
    trpc.checkout.pay.mutationOptions({
      retry: isUnsure,
      retryDelay: askAgainInMs,
      onSuccess: ({ state, actionUrl }) => {
        if (state === "requires_action" && actionUrl) window.location.assign(actionUrl);
      },
      onSettled,
    }),
  );
  const giveBack = useMutation(trpc.checkout.cancel.mutationOptions({ onSettled }));
  const refresh = useMutation(trpc.checkout.refresh.mutationOptions({ onSettled }));

  const isAsked = pay.data?.state === "pending" || (pay.isPending && pay.failureReason !== null);
  const awaiting: Awaiting | null =
    order.state === "awaiting_payment"
      ? awaitingOf(order, {
          isLate: left <= 0,
          inQueue: refresh.data?.waitsFor === "queue",
          asked: isAsked ? (pay.variables?.after ?? null) : null,
        })
      : null;
  const mayMove =
    order.state === "committed" ||
    (awaiting !== null && awaiting !== "declined" && awaiting !== "called_off");

  // At once, for who comes back from the bank; then at growing intervals.
  const [asked, setAsked] = useState(0);
  const { mutate: ask } = refresh;
  useEffect(() => {
    if (!mayMove) return;
    const timer = setTimeout(
      () => ask({ orderId }, { onSettled: () => setAsked((before) => before + 1) }),
      asked === 0 ? 0 : askAgainInMs(asked),
    );
    return () => clearTimeout(timer);
  }, [mayMove, asked, ask, orderId]);

  return {
    awaiting,
    left,
    pay: (method: string) => pay.mutate({ orderId, method, after: payment?.attempt ?? 0 }),
    isPaying: pay.isPending || pay.data?.state === "requires_action",
    giveBack: () => giveBack.mutate({ orderId }),
    isGivingBack: giveBack.isPending || giveBack.data?.state === "pending",
    failure: pay.error ?? giveBack.error,
  };
}
export type PayingOn = ReturnType<typeof usePayingOn>;

"use client";

import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { readFailure } from "../errors/app-failure.ts";
import { forgetWish, keepWish } from "./kept-wish.ts";
import { makeOperations } from "./operations.ts";
import type { Sale } from "./sale-context.ts";

export type BestWish = {
  readonly quantity: number;
  readonly ticketType: string;
  readonly categories?: string[] | undefined;
  readonly accessible?: boolean | undefined;
};

/** A lost race is told beside the seats, the line above the selection; sign-in is a page. */
const TOLD_ELSEWHERE = new Set(["account.sign_in_required", "hold.seats_taken", "line.pass_required"]);

/** From a selection to a hold and on to the checkout; by way of sign-in where nobody is signed in. */
export function useHolding(
  sale: Sale,
  own: {
    readonly items: TicketItems;
    readonly signedIn: boolean;
    /** It was asked for and refused; the reason stands in the selection. */
    readonly onRefused: () => void;
    readonly onTaken: (seatNos: readonly number[]) => void;
    /** The line's pass does not open the sale any more. */
    readonly onNoPass: () => void;
  },
) {
  const trpc = useTRPC();
  const router = useRouter();
  const [operations] = useState(() => makeOperations(() => crypto.randomUUID()));
  const { id: eventId, slug } = sale.event;

  function signInFirst(wish?: BestWish): void {
    if (wish)
      keepWish(eventId, {
        quantity: wish.quantity,
        level: wish.categories?.[0] ?? "",
        accessible: wish.accessible ?? false,
      });
    router.push(`/sign-in?next=${encodeURIComponent(`/events/${slug}/seats`)}`);
  }
  function refused(error: unknown, wish?: BestWish): void {
    const { code, details } = readFailure(error);
    operations.ended(error);
    if (code === "account.sign_in_required") return signInFirst(wish);
    if (code === "hold.seats_taken") own.onTaken(details.seatNos);
    if (code === "line.pass_required") own.onNoPass();
    own.onRefused();
  }
  const onSuccess = () => {
    forgetWish(eventId);
    operations.done();
    router.push(`/checkout/${slug}`);
  };
  const hold = useMutation(
    trpc.hold.create.mutationOptions({ onSuccess, onError: (error) => refused(error) }),
  );
  const best = useMutation(
    trpc.hold.bestAvailable.mutationOptions({ onSuccess, onError: (error, wish) => refused(error, wish) }),
  );
  const failed = hold.error ?? best.error;
  const code = failed ? readFailure(failed).code : null;
  return {
    /** The selection is a hold now, or was left for the best seats. */
    isHeld: hold.isSuccess || best.isSuccess,
    busy: hold.isPending || best.isPending || hold.isSuccess || best.isSuccess,
    /** What has no place of its own on the page. */
    failure: code !== null && TOLD_ELSEWHERE.has(code) ? null : failed,
    hold: () => {
      if (own.signedIn) hold.mutate({ eventId, operationId: operations.idOf(own.items), items: own.items });
      else signInFirst();
    },
    holdBest: (wish: BestWish) => {
      if (own.signedIn) best.mutate({ eventId, operationId: operations.idOf(wish), ...wish });
      else signInFirst(wish);
    },
    forget: () => {
      hold.reset();
      best.reset();
    },
  };
}

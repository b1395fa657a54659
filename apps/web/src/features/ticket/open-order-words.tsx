"use client";

import type { MyOrder } from "@onsale/contract/order";
import Link from "next/link";
import { TimeLeft } from "../time-left/time-left.tsx";
import { useTimeLeft } from "../time-left/use-time-left.ts";

/** Of an order in a list that awaits its payment: how long it does, and where it is paid. */
export function OpenOrderWords({
  order,
}: {
  order: Pick<MyOrder, "id" | "payByMs" | "nowMs" | "totalMinor">;
}) {
  const left = useTimeLeft({ expiresAtMs: order.payByMs, nowMs: order.nowMs });
  const path = `/orders/${order.id}`;
  if (order.totalMinor === 0) return <span>Waiting its turn</span>;
  return left > 0 ? (
    <span>
      Waiting for payment, <TimeLeft left={left} />.{" "}
      <Link className="tap" href={path}>
        Pay now
      </Link>
    </span>
  ) : (
    <span>
      The time to pay is over.{" "}
      <Link className="tap" href={path}>
        See what became of it
      </Link>
    </span>
  );
}

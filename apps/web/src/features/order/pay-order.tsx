"use client";

import type { OrderView } from "@onsale/contract/order";
import { formatMoney } from "@onsale/core/shared/money";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { ButtonAnchor } from "../../ui/button-anchor.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { PayMethods } from "../checkout/pay-methods.tsx";
import { useLocale } from "../locale/locale-context.tsx";
import { TimeLeft } from "../time-left/time-left.tsx";
import { isPayable } from "./awaiting.ts";
import type { PayingOn } from "./use-paying-on.ts";
import styles from "./order-view.module.css";

/** An order that awaits its payment: how long its seats are kept, and every way on from there. */
export function PayOrder({ order, paying }: { order: OrderView; paying: PayingOn }) {
  const { awaiting, left } = paying;
  const [method, setMethod] = useState("card_ok");
  const [wantsAnother, setWantsAnother] = useState(false);
  const locale = useLocale();
  if (awaiting === null) return null;
  const waitsForBank = awaiting === "confirm" || awaiting === "bank";
  const choosing = isPayable(awaiting) && (!waitsForBank || wantsAnother);
  const actionUrl = order.payment?.actionUrl;
  return (
    <section className={styles["pay"]} aria-label="Payment">
      {left > 0 && awaiting !== "free" && (
        <p className={styles["clock"]}>
          <TimeLeft left={left} />
        </p>
      )}
      {paying.failure !== null && <FailureNotice error={paying.failure} />}
      {awaiting === "confirm" && actionUrl && (
        <ButtonAnchor kind={choosing ? "plain" : "next"} href={actionUrl}>
          Go to the bank
        </ButtonAnchor>
      )}
      {choosing && (
        <>
          <PayMethods value={method} onChange={setMethod} disabled={paying.isPaying} />
          {waitsForBank && <p>The payment before is called off first: you are not charged twice.</p>}
          <Button
            kind="next"
            busy={paying.isPaying}
            disabled={paying.isGivingBack}
            onClick={() => paying.pay(method)}
          >
            {paying.isPaying ? "Paying" : `Pay ${formatMoney(order.totalMinor, order.currency, locale)}`}
          </Button>
        </>
      )}
      {waitsForBank && !wantsAnother && (
        <Button onClick={() => setWantsAnother(true)}>Pay another way</Button>
      )}
      {isPayable(awaiting) && (
        <Button
          kind="quiet"
          busy={paying.isGivingBack}
          disabled={paying.isPaying}
          onClick={() => paying.giveBack()}
        >
          {paying.isGivingBack ? "Giving the seats back" : "Give the seats back"}
        </Button>
      )}
    </section>
  );
}

"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState, useSyncExternalStore } from "react";
import { timeLeftWords } from "../time-left/countdown.ts";
import { cartsAsKept, cartsIn, cartToShow, listenToCarts } from "../time-left/kept-cart.ts";
import styles from "./shell.module.css";

const nothing = () => "";

/** What the fan holds, how long, and the way to pay for it: on every page but the one that says so itself. */
export function CartLine({ accountId }: { accountId: string }) {
  const path = usePathname();
  const kept = useSyncExternalStore(listenToCarts, cartsAsKept, nothing);
  const [nowMs, setNowMs] = useState(() => Date.now());
  const cart = cartToShow(cartsIn(kept), { accountId, path, nowMs });
  const isRunning = kept !== "";
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNowMs(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (!cart) return null;
  return (
    <aside className={styles["cart"]} aria-label="What you hold">
      <span>
        {cart.places === 1 ? "1 place" : `${cart.places} places`} for {cart.title},{" "}
        <span role="timer">{timeLeftWords(cart.endsAtMs - nowMs)}</span>
      </span>
      <a className="tap" href={cart.path}>
        Pay now
      </a>
    </aside>
  );
}

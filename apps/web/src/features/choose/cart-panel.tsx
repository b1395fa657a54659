"use client";

import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { formatMoney } from "@onsale/core/shared/money";
import { useEffect } from "react";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { countWords } from "../cart/selection.ts";
import { BestSeats } from "./best-seats.tsx";
import { CartLines } from "./cart-lines.tsx";
import { perOrderMinor, totalOf } from "./cart-sums.ts";
import { FailureLater } from "./failure-later.tsx";
import type { Sale } from "./sale-context.ts";
import type { Choice } from "./use-choice.ts";
import styles from "./cart-panel.module.css";

const SHEET_ID = "cart-sheet";

type PanelProps = {
  readonly sale: Sale;
  readonly choice: Choice;
  readonly canHold: boolean;
  readonly sheet: { readonly open: boolean; readonly setOpen: (open: boolean) => void };
  readonly onShowSeat: (seatNo: number) => void;
};

/**
 * The cart. On a wide screen a column; on a phone a bar of one height, whatever is chosen, with the lines in a sheet that
 * the fan opens: nothing appears under a finger that taps the map.
 */
export function CartPanel({ sale, choice, canHold, sheet, onShowSeat }: PanelProps) {
  const { items } = choice;
  const count = ticketCount(items);
  const showSeat = (seatNo: number) => {
    sheet.setOpen(false);
    onShowSeat(seatNo);
  };
  useEscape(sheet);
  return (
    <section
      className={styles["panel"]}
      aria-labelledby="cart-title"
      data-empty={count === 0}
      data-open={sheet.open}
    >
      <div className={styles["body"]} id={SHEET_ID}>
        <h2 id="cart-title" className={styles["title"]}>
          {count === 0 ? "Choose your seats" : "Your choice"}
        </h2>
        <Notices choice={choice} />
        {count === 0 ? (
          <EmptyCart sale={sale} choice={choice} canHold={canHold} />
        ) : (
          <>
            <CartLines sale={sale} choice={choice} onShowSeat={showSeat} />
            <div className={styles["inSheet"]}>
              <OncePerOrder sale={sale} items={items} />
              <HeldFor sale={sale} />
            </div>
          </>
        )}
      </div>
      <Foot sale={sale} choice={choice} canHold={canHold} sheet={sheet} />
    </section>
  );
}

function useEscape({ open, setOpen }: PanelProps["sheet"]): void {
  useEffect(() => {
    if (!open) return;
    const press = ({ key }: KeyboardEvent) => {
      if (key === "Escape") setOpen(false);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [open, setOpen]);
}

function Notices({ choice }: { choice: Choice }) {
  return (
    <>
      {choice.race && (
        <Notice tone="wait" title={choice.race.words}>
          {choice.race.offered.length > 0 && (
            <Button onClick={() => choice.swap(choice.race?.offered ?? [], [])}>
              Take {choice.race.offered.length === 1 ? "it" : "them"} instead
            </Button>
          )}
        </Notice>
      )}
      {choice.violations.map((violation) => (
        <Notice key={violation.code + violation.seatNos.join()} tone="wait" title={violation.message}>
          {violation.suggestion && (
            <Button
              onClick={() => choice.swap(violation.suggestion?.take ?? [], violation.suggestion?.leave ?? [])}
            >
              Change my seats like that
            </Button>
          )}
        </Notice>
      ))}
      <FailureLater error={choice.failure} isNear={ticketCount(choice.items) > 0} />
    </>
  );
}

/** The bar: what it costs and the one next step. Its height is the same with and without a choice. */
function Foot({ sale, choice, canHold, sheet }: Omit<PanelProps, "onShowSeat">) {
  const { items } = choice;
  const count = ticketCount(items);
  const totalMinor = totalOf(sale, items);
  const total = totalMinor === null ? "–" : formatMoney(totalMinor, sale.currency, sale.locale);
  return (
    <div className={styles["foot"]}>
      <button
        type="button"
        className={styles["handle"]}
        aria-expanded={sheet.open}
        aria-controls={SHEET_ID}
        onClick={() => sheet.setOpen(!sheet.open)}
      >
        <span className={styles["handleTitle"]}>{count === 0 ? "Choose your seats" : total}</span>
        <span>{handleWords(sale, items, sheet.open)}</span>
      </button>
      {count > 0 && (
        <>
          <OncePerOrder sale={sale} items={items} />
          <p className={styles["total"]}>
            <span>
              Total<span className={styles["whole"]}> with fees and taxes</span>
            </span>
            <strong>{total}</strong>
          </p>
          <Button kind="next" busy={choice.busy} disabled={!canHold} onClick={choice.askToHold}>
            {choice.busy ? "Holding" : `Hold ${countWords(items)}`}
          </Button>
          <HeldFor sale={sale} />
        </>
      )}
    </div>
  );
}

/** On a phone the bar is all that is seen of the cart: a total above the prices on the map is explained in it. */
function handleWords(sale: Sale, items: Choice["items"], isOpen: boolean): string {
  if (isOpen) return "Back to the map";
  if (ticketCount(items) === 0) return "or find the best together";
  const onceMinor = perOrderMinor(sale, items);
  return onceMinor > 0
    ? `${formatMoney(onceMinor, sale.currency, sale.locale)} of it per order`
    : "Your choice";
}

function OncePerOrder({ sale, items }: { sale: Sale; items: Choice["items"] }) {
  const onceMinor = perOrderMinor(sale, items);
  if (onceMinor <= 0) return null;
  return (
    <p className={styles["once"]}>
      <span>Once per order</span>
      <span>{formatMoney(onceMinor, sale.currency, sale.locale)}</span>
    </p>
  );
}

function HeldFor({ sale }: { sale: Sale }) {
  const minutes = Math.round(sale.event.holdTtlMs / 60_000);
  return (
    <p className={styles["small"]}>
      Held for {minutes === 1 ? "a minute" : `${minutes} minutes`} while you pay. Nothing is charged yet.
    </p>
  );
}

function EmptyCart({ sale, choice, canHold }: { sale: Sale; choice: Choice; canHold: boolean }) {
  return (
    <>
      <p className={styles["hint"]}>
        Choose a section, then the seats you want: up to {sale.event.maxPerFan}. Prices are whole, with fees
        and taxes.
      </p>
      {canHold && <BestSeats sale={sale} choice={choice} />}
    </>
  );
}

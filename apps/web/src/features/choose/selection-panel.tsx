"use client";

import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { formatMoney } from "@onsale/core/shared/money";
import { useEffect } from "react";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { countWords } from "../selection/selection.ts";
import { BestSeats } from "./best-seats.tsx";
import { SelectionLines } from "./selection-lines.tsx";
import { perOrderMinor, totalOf } from "./selection-sums.ts";
import { FailureLater } from "./failure-later.tsx";
import type { Sale } from "./sale-context.ts";
import type { Selection } from "./use-selection.ts";
import styles from "./selection-panel.module.css";

const SHEET_ID = "selection-sheet";

type PanelProps = {
  readonly sale: Sale;
  readonly selection: Selection;
  readonly canHold: boolean;
  readonly sheet: { readonly open: boolean; readonly setOpen: (open: boolean) => void };
  readonly onShowSeat: (seatNo: number) => void;
};

/**
 * The selection. On a wide screen a column; on a phone a bar of one height, whatever is chosen, with the lines in a sheet that
 * the fan opens: nothing appears under a finger that taps the map.
 */
export function SelectionPanel({ sale, selection, canHold, sheet, onShowSeat }: PanelProps) {
  const { items } = selection;
  const count = ticketCount(items);
  const showSeat = (seatNo: number) => {
    sheet.setOpen(false);
    onShowSeat(seatNo);
  };
  useEscape(sheet);
  return (
    <section
      className={styles["panel"]}
      aria-labelledby="selection-title"
      data-empty={count === 0}
      data-open={sheet.open}
    >
      <div className={styles["body"]} id={SHEET_ID}>
        <h2 id="selection-title" className={styles["title"]}>
          {count === 0 ? "Choose your seats" : "Your selection"}
        </h2>
        <Notices selection={selection} />
        {count === 0 ? (
          <EmptySelection sale={sale} selection={selection} canHold={canHold} />
        ) : (
          <>
            <SelectionLines sale={sale} selection={selection} onShowSeat={showSeat} />
            <div className={styles["inSheet"]}>
              <OncePerOrder sale={sale} items={items} />
              <HeldFor sale={sale} />
            </div>
          </>
        )}
      </div>
      <Foot sale={sale} selection={selection} canHold={canHold} sheet={sheet} />
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

function Notices({ selection }: { selection: Selection }) {
  return (
    <>
      {selection.race && (
        <Notice tone="wait" title={selection.race.words}>
          {selection.race.offered.length > 0 && (
            <Button onClick={() => selection.swap(selection.race?.offered ?? [], [])}>
              Take {selection.race.offered.length === 1 ? "it" : "them"} instead
            </Button>
          )}
        </Notice>
      )}
      {selection.violations.map((violation) => (
        <Notice key={violation.code + violation.seatNos.join()} tone="wait" title={violation.words}>
          {violation.suggestion && (
            <Button
              onClick={() =>
                selection.swap(violation.suggestion?.take ?? [], violation.suggestion?.leave ?? [])
              }
            >
              Change my seats like that
            </Button>
          )}
        </Notice>
      ))}
      <FailureLater error={selection.failure} isNear={ticketCount(selection.items) > 0} />
    </>
  );
}

/** The bar: what it costs and the one next step. Its height is the same with and without a selection. */
function Foot({ sale, selection, canHold, sheet }: Omit<PanelProps, "onShowSeat">) {
  const { items } = selection;
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
          <Button kind="next" busy={selection.busy} disabled={!canHold} onClick={selection.askToHold}>
            {selection.busy ? "Holding" : `Hold ${countWords(items)}`}
          </Button>
          <HeldFor sale={sale} />
        </>
      )}
    </div>
  );
}

/** On a phone the bar is all that is seen of the selection: a total above the prices on the map is explained in it. */
function handleWords(sale: Sale, items: Selection["items"], isOpen: boolean): string {
  if (isOpen) return "Back to the map";
  if (ticketCount(items) === 0) return "or find the best together";
  const onceMinor = perOrderMinor(sale, items);
  return onceMinor > 0
    ? `${formatMoney(onceMinor, sale.currency, sale.locale)} of it per order`
    : "Your selection";
}

function OncePerOrder({ sale, items }: { sale: Sale; items: Selection["items"] }) {
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

function EmptySelection({
  sale,
  selection,
  canHold,
}: {
  sale: Sale;
  selection: Selection;
  canHold: boolean;
}) {
  return (
    <>
      <p className={styles["hint"]}>
        Choose a section, then the seats you want: up to {sale.event.maxPerFan}. Prices are whole, with fees
        and taxes.
      </p>
      {canHold && <BestSeats sale={sale} selection={selection} />}
    </>
  );
}

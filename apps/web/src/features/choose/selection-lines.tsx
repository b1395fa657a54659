"use client";

import { seatWords } from "@onsale/core/layout/place-name";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { formatMoney } from "@onsale/core/shared/money";
import { standingWords } from "../selection/place-of.ts";
import { removeSeats, setAreaQuantity, setAreaType, setSeatType } from "../selection/selection.ts";
import { areaTypes, type PricedType, type Sale, seatTypes } from "./sale-context.ts";
import { capital } from "./seat-facts.ts";
import type { Selection } from "./use-selection.ts";
import styles from "./selection-panel.module.css";

/** What is chosen, one line per seat and per standing area, each with its ticket type, price and a way to let go. */
export function SelectionLines({
  sale,
  selection,
  onShowSeat,
}: {
  sale: Sale;
  selection: Selection;
  onShowSeat: (seatNo: number) => void;
}) {
  const { items, setItems } = selection;
  return (
    <ul className={styles["lines"]}>
      {items.seats.map(({ seatNo, ticketType }) => {
        const words = capital(seatWords(sale.plan, seatNo));
        return (
          <li key={seatNo} className={styles["line"]}>
            <button type="button" className={styles["place"]} onClick={() => onShowSeat(seatNo)}>
              {words}
            </button>
            <TypeSelect
              types={seatTypes(sale, seatNo)}
              value={ticketType}
              label={`Ticket type of ${words}`}
              onType={(type) => setItems(setSeatType(items, seatNo, type))}
            />
            <span className={styles["amount"]}>
              {priceOf(sale, seatTypes(sale, seatNo), { ticketType, quantity: 1 })}
            </span>
            <RemoveButton
              label={`Let go of ${words}`}
              onRemove={() => setItems(removeSeats(items, [seatNo]))}
            />
          </li>
        );
      })}
      {items.areas.map((line) => {
        const label = sale.plan.areas[line.areaNo]?.label ?? "";
        const types = areaTypes(sale, line.areaNo);
        const atMax = ticketCount(items) >= sale.event.maxPerFan;
        const set = (quantity: number) => setItems(setAreaQuantity(items, { ...line, quantity }));
        return (
          <li key={`${line.areaNo}/${line.ticketType}`} className={styles["line"]}>
            <span className={styles["place"]}>{label + standingWords(label)}</span>
            <TypeSelect
              types={types}
              value={line.ticketType}
              label={`Ticket type in ${label}`}
              onType={(type) => setItems(setAreaType(items, line, type))}
            />
            <span className={styles["stepper"]}>
              <button
                type="button"
                aria-label={`One place less in ${label}`}
                onClick={() => set(line.quantity - 1)}
              >
                −
              </button>
              <span aria-live="polite">{line.quantity}</span>
              <button
                type="button"
                aria-label={`One place more in ${label}`}
                disabled={atMax}
                onClick={() => set(line.quantity + 1)}
              >
                +
              </button>
            </span>
            <span className={styles["amount"]}>{priceOf(sale, types, line)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function priceOf(
  { currency, locale }: Sale,
  types: readonly PricedType[],
  line: { readonly ticketType: string; readonly quantity: number },
): string {
  const type = types.find((one) => one.key === line.ticketType);
  return type ? formatMoney(type.amountMinor * line.quantity, currency, locale) : "–";
}

export function TypeSelect({
  types,
  value,
  label,
  onType,
}: {
  types: readonly PricedType[];
  value: string;
  label: string;
  onType: (type: string) => void;
}) {
  if (types.length < 2) return <span className={styles["only"]}>{types[0]?.label}</span>;
  return (
    <select
      className={styles["types"]}
      aria-label={label}
      value={value}
      onChange={(event) => onType(event.currentTarget.value)}
    >
      {types.map((type) => (
        <option key={type.key} value={type.key}>
          {type.label}
        </option>
      ))}
    </select>
  );
}

function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button type="button" className={styles["remove"]} aria-label={label} onClick={onRemove}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M4 4l12 12M16 4L4 16" />
      </svg>
    </button>
  );
}

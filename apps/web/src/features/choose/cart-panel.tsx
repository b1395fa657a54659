"use client";

import { seatWords } from "@onsale/core/pricing/place-name";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { makeBill } from "@onsale/core/pricing/bill";
import { formatMoney } from "@onsale/core/shared/money";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
import { countWords, removeSeats, setAreaQuantity, setAreaType, setSeatType } from "../cart/selection.ts";
import { BestSeats } from "./best-seats.tsx";
import { areaTypes, type PricedType, type Sale, seatTypes } from "./sale-context.ts";
import { capital } from "./seat-facts.ts";
import type { Choice } from "./use-choice.ts";
import styles from "./cart-panel.module.css";

export function CartPanel({
  sale,
  choice,
  live,
  onShowSeat,
}: {
  sale: Sale;
  choice: Choice;
  live: { isOpen: boolean };
  onShowSeat: (seatNo: number) => void;
}) {
  const { items } = choice;
  const count = ticketCount(items);
  const made =
    count > 0
      ? makeBill({ plan: sale.plan, priceList: sale.priceList, priceVersion: sale.map.priceVersion, items })
      : null;
  const totalMinor = made && "bill" in made ? made.bill.totalMinor : null;
  const perOrderMinor = totalMinor === null ? 0 : totalMinor - placesMinor(sale, items);
  const minutes = Math.round(sale.event.holdTtlMs / 60_000);
  return (
    <section className={styles["panel"]} aria-labelledby="cart-title" data-empty={count === 0}>
      <div className={styles["body"]}>
        <h2 id="cart-title" className={styles["title"]}>
          {count === 0 ? "Choose your seats" : "Your choice"}
        </h2>
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
                onClick={() =>
                  choice.swap(violation.suggestion?.take ?? [], violation.suggestion?.leave ?? [])
                }
              >
                Change my seats like that
              </Button>
            )}
          </Notice>
        ))}
        {choice.failure !== null && <FailureNotice error={choice.failure} />}
        {count === 0 ? (
          <EmptyCart sale={sale} choice={choice} isOpen={live.isOpen} />
        ) : (
          <Lines sale={sale} choice={choice} onShowSeat={onShowSeat} />
        )}
      </div>
      {count > 0 && (
        <div className={styles["foot"]}>
          {perOrderMinor > 0 && (
            <p className={styles["once"]}>
              <span>Once per order</span>
              <span>{formatMoney(perOrderMinor, sale.currency)}</span>
            </p>
          )}
          <p className={styles["total"]}>
            <span>
              Total<span className={styles["whole"]}> with fees and taxes</span>
            </span>
            <strong>{totalMinor === null ? "–" : formatMoney(totalMinor, sale.currency)}</strong>
          </p>
          <Button kind="next" busy={choice.busy} disabled={!live.isOpen} onClick={choice.askToHold}>
            {choice.busy ? "Holding" : `Hold ${countWords(items)}`}
          </Button>
          <p className={styles["small"]}>Held for {minutes} minutes while you pay. Nothing is charged yet.</p>
        </div>
      )}
    </section>
  );
}

/** What the places cost by themselves; the rest of a total is charged once, whatever is bought. */
function placesMinor(sale: Sale, items: Choice["items"]): number {
  const amount = (types: readonly PricedType[], key: string) =>
    types.find((type) => type.key === key)?.amountMinor ?? 0;
  return (
    items.seats.reduce((sum, seat) => sum + amount(seatTypes(sale, seat.seatNo), seat.ticketType), 0) +
    items.areas.reduce(
      (sum, line) => sum + line.quantity * amount(areaTypes(sale, line.areaNo), line.ticketType),
      0,
    )
  );
}

function EmptyCart({ sale, choice, isOpen }: { sale: Sale; choice: Choice; isOpen: boolean }) {
  return (
    <>
      <p className={styles["hint"]}>
        Tap a section, then the seats you want: up to {sale.event.maxPerFan}. Prices are whole, with fees and
        taxes.
      </p>
      {isOpen && <BestSeats sale={sale} choice={choice} />}
    </>
  );
}

function Lines({
  sale,
  choice,
  onShowSeat,
}: {
  sale: Sale;
  choice: Choice;
  onShowSeat: (seatNo: number) => void;
}) {
  const { items, setItems } = choice;
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
            <span className={styles["place"]}>{label}, standing</span>
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
  { currency }: Sale,
  types: readonly PricedType[],
  line: { readonly ticketType: string; readonly quantity: number },
): string {
  const type = types.find((one) => one.key === line.ticketType);
  return type ? formatMoney(type.amountMinor * line.quantity, currency) : "–";
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

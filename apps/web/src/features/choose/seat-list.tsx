"use client";

import type { Locale } from "@onsale/core/shared/locale";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Check } from "../../ui/check.tsx";
import { formatFigure } from "@onsale/core/shared/format";
import { PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import type { PlanRun } from "@onsale/core/layout/seat-plan";
import { formatMoney } from "@onsale/core/shared/money";
import { useMemo, useState } from "react";
import { Button } from "../../ui/button.tsx";
import type { LiveStock } from "../seat-map/live-stock.ts";
import { stateOf } from "../seat-map/seat-stock.ts";
import { useStockVersion } from "../seat-map/use-live-stock.ts";
import { areaTypes, type Sale, seatTypes } from "./sale-context.ts";
import { seatNotes, stateWords } from "./seat-facts.ts";
import styles from "./seat-list.module.css";

type ListProps = {
  readonly sale: Sale;
  readonly live: LiveStock;
  readonly yours: ReadonlySet<number>;
  readonly shown: ReadonlySet<number> | null;
  readonly onSeat: (seatNo: number) => void;
  readonly onArea: (areaNo: number) => void;
};

/**
 * The map in words: sections, their rows, their seats, each a native button. A row's seats exist only while it is open, so
 * sixty thousand seats cost no more than the few that are looked at.
 */
export function SeatList(props: ListProps) {
  const { sale, live } = props;
  useStockVersion(live);
  const [open, setOpen] = useState<number | null>(null);
  const [onlyFree, setOnlyFree] = useState(true);
  const levels = useMemo(() => categoriesBySection(sale), [sale]);
  const prices = useMemo(() => pricesBySection(sale, levels), [sale, levels]);
  const sections = sale.plan.sections
    .map((section, index) => ({
      section,
      index,
      area: sale.plan.areas.findIndex((area) => area.section === index),
    }))
    .filter(
      ({ index }) =>
        props.shown === null || [...props.shown].some((category) => levels[index]?.has(category)),
    )
    .filter(({ index, area }) => !onlyFree || leftIn(live, index, area) !== 0);
  return (
    <div className={styles["pane"]}>
      <Check checked={onlyFree} onChange={({ currentTarget }) => setOnlyFree(currentTarget.checked)}>
        Only what is free
      </Check>
      {!live.stock.known && <Skeleton label="Looking which places are free." shape="rows" />}
      {sections.length === 0 && (
        <EmptyState title="No section has a free place right now.">
          Places come back when others let theirs go; they appear here at once.
        </EmptyState>
      )}
      <ul className={styles["sections"]}>
        {sections.map(({ section, index, area }) => (
          <li key={section.key}>
            {area >= 0 ? (
              <AreaLine {...props} areaNo={area} />
            ) : (
              <>
                <h2 className={styles["head"]}>
                  <button
                    type="button"
                    aria-expanded={open === index}
                    onClick={() => setOpen(open === index ? null : index)}
                  >
                    <span className={styles["label"]}>{section.label}</span>
                    <span className={styles["more"]}>
                      {[section.floor, prices[index]].filter(Boolean).join(" · ")}
                    </span>
                    <span className={styles["left"]}>{freeWords(leftIn(live, index, -1), sale.locale)}</span>
                  </button>
                </h2>
                {open === index && <Rows {...props} section={index} onlyFree={onlyFree} />}
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function categoriesBySection({ plan }: Sale): ReadonlySet<number>[] {
  const bySection = plan.sections.map(() => new Set<number>());
  for (let seatNo = 0; seatNo < plan.seatCount; seatNo++)
    bySection[plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1]?.add(plan.category[seatNo] ?? -1);
  for (const area of plan.areas) bySection[area.section]?.add(area.category);
  return bySection;
}

/** "58.00 EUR to 120.00 EUR" for each section, as the first ticket type that each of its places is sold as. */
function pricesBySection(sale: Sale, levels: readonly ReadonlySet<number>[]): string[] {
  const { plan, priceList, map } = sale;
  const bySection = plan.sections.map(() => new Set<number>());
  if (priceList.seatPrices.length > 0) {
    for (let seatNo = 0; seatNo < plan.seatCount; seatNo++) {
      const price = seatTypes(sale, seatNo)[0]?.amountMinor;
      if (price !== undefined) bySection[plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1]?.add(price);
    }
  } else {
    levels.forEach((categories, section) => {
      for (const category of categories) {
        const key = plan.categories[category]?.key;
        const price = priceList.ticketTypes
          .map((type) => map.prices.find((one) => one.category === key && one.ticketType === type.key))
          .find((found) => found !== undefined);
        if (price) bySection[section]?.add(price.allInMinor);
      }
    });
  }
  return bySection.map((amounts) => rangeWords([...amounts], sale));
}

/** null while nobody knows. */
function leftIn({ stock }: LiveStock, section: number, areaNo: number): number | null {
  if (!stock.known) return null;
  return areaNo >= 0 ? (stock.areas[areaNo]?.free ?? 0) : (stock.openBySection[section] ?? 0);
}

function freeWords(free: number | null, locale: Locale): string {
  return free === null ? "looking it up" : `${formatFigure(free, { locale })} free`;
}

function AreaLine({ sale, live, areaNo, onArea }: ListProps & { areaNo: number }) {
  const area = sale.plan.areas[areaNo];
  const type = areaTypes(sale, areaNo)[0];
  const free = leftIn(live, -1, areaNo);
  return (
    <div className={styles["area"]}>
      <h2 className={styles["label"]}>{area?.label}</h2>
      {!/standing/i.test(area?.label ?? "") && <span>Standing</span>}
      {type && <span>{formatMoney(type.amountMinor, sale.currency, sale.locale)}</span>}
      <span className={styles["left"]}>{freeWords(free, sale.locale)}</span>
      <Button disabled={(free ?? 0) === 0 || !type} onClick={() => onArea(areaNo)}>
        Add a place<span className="visually-hidden"> in {area?.label}</span>
      </Button>
    </div>
  );
}

function Rows({ section, onlyFree, ...props }: ListProps & { section: number; onlyFree: boolean }) {
  const { sale, live, shown } = props;
  const [open, setOpen] = useState<number | null>(null);
  const rows = sale.plan.runs
    .map((run, index) => ({ run, index, free: freeSeats(sale, live, { run, shown }) }))
    .filter(({ run, free }) => run.section === section && (!onlyFree || free.length > 0));
  if (rows.length === 0) return <p className="soft">Nothing is free here at the price levels shown.</p>;
  return (
    <ul className={styles["rows"]}>
      {rows.map(({ run, index, free }) => (
        <li key={index}>
          <h3 className={styles["rowHead"]}>
            <button
              type="button"
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? null : index)}
            >
              <span className={styles["label"]}>{rowName(run)}</span>
              <span>{priceRange(sale, free)}</span>
              <span className={styles["left"]}>
                {free.length} of {run.count} free
              </span>
            </button>
          </h3>
          {open === index && <Seats {...props} run={run} onlyFree={onlyFree} />}
        </li>
      ))}
    </ul>
  );
}

function Seats({
  sale,
  live,
  yours,
  shown,
  onSeat,
  run,
  onlyFree,
}: ListProps & { run: PlanRun; onlyFree: boolean }) {
  const seats = Array.from({ length: run.count }, (_, at) => run.first + at).filter(
    (seatNo) =>
      yours.has(seatNo) ||
      (!onlyFree && (shown?.has(sale.plan.category[seatNo] ?? -1) ?? true)) ||
      isOpen(sale, live, { seatNo, shown }),
  );
  return (
    <ul className={styles["seats"]}>
      {seats.map((seatNo) => {
        const state = stateOf(live.stock, seatNo);
        const mine = yours.has(seatNo);
        const price = seatTypes(sale, seatNo)[0]?.amountMinor;
        // A chosen seat is pressed and has its ring; another line would move everything below it.
        const notes = [mine ? null : stateWords(state, false), ...seatNotes(sale, seatNo)].filter(
          (note) => note !== null,
        );
        const level = sale.levelOf[sale.plan.category[seatNo] ?? 0] ?? 0;
        return (
          <li key={seatNo}>
            <button
              type="button"
              className={styles["seat"]}
              aria-pressed={mine}
              disabled={!mine && (state !== PUBLIC_STATE.free || price === undefined)}
              onClick={() => onSeat(seatNo)}
            >
              <span className={styles["dot"]} style={{ background: `var(--seat-${level + 1})` }} />
              <span>
                <span className="visually-hidden">{rowName(run)}, </span>Seat {sale.plan.seatLabels[seatNo]}
              </span>
              {price !== undefined && (
                <span className={styles["seatPrice"]}>{formatMoney(price, sale.currency, sale.locale)}</span>
              )}
              {notes.length > 0 && <span className={styles["notes"]}>{notes.join(". ")}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

type Shown = ReadonlySet<number> | null;

function isOpen(sale: Sale, live: LiveStock, ask: { seatNo: number; shown: Shown }): boolean {
  return (
    live.stock.states[ask.seatNo] === PUBLIC_STATE.free &&
    (ask.shown?.has(sale.plan.category[ask.seatNo] ?? -1) ?? true)
  );
}

function freeSeats(sale: Sale, live: LiveStock, ask: { run: PlanRun; shown: Shown }): number[] {
  return Array.from({ length: ask.run.count }, (_, at) => ask.run.first + at).filter((seatNo) =>
    isOpen(sale, live, { seatNo, shown: ask.shown }),
  );
}

function priceRange(sale: Sale, seatNos: readonly number[]): string {
  return rangeWords(
    seatNos.flatMap((seatNo) => seatTypes(sale, seatNo)[0]?.amountMinor ?? []),
    sale,
  );
}

function rangeWords(
  amounts: readonly number[],
  { currency, locale }: Pick<Sale, "currency" | "locale">,
): string {
  if (amounts.length === 0) return "";
  const least = Math.min(...amounts);
  const most = Math.max(...amounts);
  return least === most
    ? formatMoney(least, currency, locale)
    : `${formatMoney(least, currency, locale)} to ${formatMoney(most, currency, locale)}`;
}

const rowName = (run: PlanRun) =>
  run.label.toLowerCase().startsWith(run.kind)
    ? run.label
    : `${run.kind === "table" ? "Table" : "Row"} ${run.label}`;

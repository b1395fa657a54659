"use client";

import { PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import type { PlanRun } from "@onsale/core/layout/seat-plan";
import { formatMoney } from "@onsale/core/shared/money";
import { useMemo, useState } from "react";
import { Button } from "../../ui/button.tsx";
import type { LiveStock } from "../seat-map/live-stock.ts";
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
    .filter(({ index, area }) => !onlyFree || leftIn(live, index, area) > 0);
  return (
    <div className={styles["pane"]}>
      <label className={styles["only"]}>
        <input
          type="checkbox"
          checked={onlyFree}
          onChange={(event) => setOnlyFree(event.currentTarget.checked)}
        />
        Only what is free
      </label>
      {sections.length === 0 && <p className={styles["none"]}>No section has a free place right now.</p>}
      <ul className={styles["sections"]}>
        {sections.map(({ section, index, area }) => (
          <li key={section.key}>
            {area >= 0 ? (
              <AreaLine {...props} areaNo={area} />
            ) : (
              <>
                <h3 className={styles["head"]}>
                  <button
                    type="button"
                    aria-expanded={open === index}
                    onClick={() => setOpen(open === index ? null : index)}
                  >
                    <span className={styles["label"]}>{section.label}</span>
                    {section.floor && <span>{section.floor}</span>}
                    <span className={styles["left"]}>
                      {leftIn(live, index, -1).toLocaleString("en")} free
                    </span>
                  </button>
                </h3>
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

function leftIn(live: LiveStock, section: number, areaNo: number): number {
  return areaNo >= 0 ? (live.stock.areas[areaNo]?.free ?? 0) : (live.stock.openBySection[section] ?? 0);
}

function AreaLine({ sale, live, areaNo, onArea }: ListProps & { areaNo: number }) {
  const area = sale.plan.areas[areaNo];
  const type = areaTypes(sale, areaNo)[0];
  const free = live.stock.areas[areaNo]?.free ?? 0;
  return (
    <div className={styles["area"]}>
      <h3 className={styles["label"]}>{area?.label}</h3>
      <span>Standing</span>
      {type && <span>{formatMoney(type.amountMinor, sale.currency)}</span>}
      <span className={styles["left"]}>{free.toLocaleString("en")} free</span>
      <Button disabled={free === 0 || !type} onClick={() => onArea(areaNo)}>
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
  if (rows.length === 0)
    return <p className={styles["none"]}>Nothing is free here at the price levels shown.</p>;
  return (
    <ul className={styles["rows"]}>
      {rows.map(({ run, index, free }) => (
        <li key={index}>
          <h4 className={styles["rowHead"]}>
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
          </h4>
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
        const state = live.stock.states[seatNo];
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
                <span className={styles["seatPrice"]}>{formatMoney(price, sale.currency)}</span>
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
  const amounts = seatNos.flatMap((seatNo) => seatTypes(sale, seatNo)[0]?.amountMinor ?? []);
  if (amounts.length === 0) return "";
  const least = Math.min(...amounts);
  const most = Math.max(...amounts);
  return least === most
    ? formatMoney(least, sale.currency)
    : `${formatMoney(least, sale.currency)} to ${formatMoney(most, sale.currency)}`;
}

const rowName = (run: PlanRun) =>
  run.label.toLowerCase().startsWith(run.kind)
    ? run.label
    : `${run.kind === "table" ? "Table" : "Row"} ${run.label}`;

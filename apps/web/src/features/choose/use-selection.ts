"use client";

import { PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import type { TicketItems } from "@onsale/core/pricing/ticket-items";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { useEffect, useState } from "react";
import { hasSeat, NOTHING, removeSeats } from "../selection/selection.ts";
import type { LiveStock } from "../seat-map/live-stock.ts";
import { useStockVersion } from "../seat-map/use-live-stock.ts";
import { addPlace, isFree, restoreSelection, type Step, swapSeats, toggleSeat } from "./selection-steps.ts";
import { type Sale, seatTypes } from "./sale-context.ts";
import { useHolding } from "./use-holding.ts";
import { useRules } from "./use-rules.ts";
import { useTold } from "./use-told.ts";
import { useKeptSelection } from "./use-kept-selection.ts";

type SelectionParts = {
  readonly signedIn: boolean;
  readonly onNoPass: () => void;
  /** The fan asked to hold and cannot: why stands in the selection. */
  readonly onRefused: () => void;
};

/** The fan's selection on one event: choosing, the rules, losing a race, and the hold that ends it. */
export function useSelection(sale: Sale, live: LiveStock, { signedIn, onNoPass, onRefused }: SelectionParts) {
  const version = useStockVersion(live);
  const [items, setItems] = useState<TicketItems>(NOTHING);
  const told = useTold();
  /** Rules are explained when the fan asks to hold, and from then on while the fault stands. */
  const [asked, setAsked] = useState(false);
  const { brokenRules, explainLostRace } = useRules(ticketCount(items) > 0);
  const { stock } = live;
  const now = { sale, stock, items };

  const lose = (seatNos: readonly number[], left: TicketItems) => {
    if (seatNos.length === 0) return;
    const race = explainLostRace(sale.plan, seatNos, {
      priceOf: (seatNo) => seatTypes(sale, seatNo)[0]?.amountMinor ?? null,
      isFree: (seatNo) => isFree(stock, seatNo) && !hasSeat(left, seatNo),
      isKept: (seatNo) => hasSeat(left, seatNo),
    });
    setItems(left);
    told.lost(race);
  };
  const holding = useHolding(sale, {
    items,
    signedIn,
    onNoPass,
    onRefused,
    onTaken: (seatNos) => {
      live.markTaken(seatNos, PUBLIC_STATE.held);
      const lost = seatNos.filter((seatNo) => hasSeat(items, seatNo));
      lose(lost, removeSeats(items, lost));
    },
  });
  const kept = useKeptSelection(sale.event.id, holding.isHeld ? NOTHING : items);
  const take = (step: Step) => {
    holding.forget();
    if (step.refused) return told.refused(step.spoken);
    setItems(step.items);
    told.done(step.spoken);
  };

  // Each time the stock moves: a kept selection comes back once seats are known, and seats that others took are let go.
  useEffect(() => {
    if (live.state() !== "live" || holding.busy) return;
    const before = kept.takeOnce();
    const back = restoreSelection({ sale, stock, items: before ?? items });
    if (back.lost.length > 0) lose(back.lost, back.items);
    else if (before) setItems(back.items);
    // oxlint-disable-next-line react/exhaustive-deps -- it answers to the stock alone, with the selection of that moment
  }, [version]);

  const violations = asked && ticketCount(items) > 0 ? brokenRules(now) : [];
  return {
    items,
    setItems,
    race: told.race,
    spoken: told.spoken,
    refusal: told.refusal,
    violations,
    busy: holding.busy,
    failure: holding.failure,
    toggleSeat: (seatNo: number) => take(toggleSeat(now, seatNo)),
    addPlace: (areaNo: number) => take(addPlace(now, areaNo)),
    swap: (seatsIn: readonly number[], seatsOut: readonly number[]) =>
      take(swapSeats(now, { take: seatsIn, leave: seatsOut })),
    askForBest: holding.holdBest,
    askToHold: () => {
      setAsked(true);
      const [first] = brokenRules(now);
      told.asked(first?.words);
      if (first) onRefused();
      else holding.hold();
    },
  };
}
export type Selection = ReturnType<typeof useSelection>;

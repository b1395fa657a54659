"use client";

import { PUBLIC_STATE } from "@onsale/core/inventory/snapshot-wire";
import { seatWords } from "@onsale/core/pricing/place-name";
import { type CartItems, ticketCount } from "@onsale/core/pricing/quote-item";
import { checkSelection, type RuleViolation } from "@onsale/core/seat-rules/seat-rules";
import { formatMoney } from "@onsale/core/shared/money";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "../../trpc/provider.tsx";
import { addSeats, hasSeat, NOTHING, removeSeats, setAreaQuantity } from "../cart/selection.ts";
import { type AppFailure, readFailure } from "../errors/app-failure.ts";
import type { LiveStock } from "../seat-map/live-stock.ts";
import { useStockVersion } from "../seat-map/use-live-stock.ts";
import { keepChoice, takeKeptChoice } from "./kept-choice.ts";
import { explainLostRace, type LostRace } from "./lost-race.ts";
import { areaTypes, type Sale, seatTypes } from "./sale-context.ts";
import { capital, describeSeat } from "./seat-facts.ts";

type Race = LostRace & { readonly lost: readonly number[] };

/** The fan's choice on one event: choosing, the rules, losing a race, and the hold that ends it. */
export function useChoice(sale: Sale, live: LiveStock, signedIn: boolean) {
  const trpc = useTRPC();
  const router = useRouter();
  const version = useStockVersion(live);
  const [items, setItems] = useState<CartItems>(NOTHING);
  const [race, setRace] = useState<Race | null>(null);
  /** Rules are explained when the fan asks to hold, and from then on while the fault stands. */
  const [asked, setAsked] = useState(false);
  const [spoken, setSpoken] = useState("");
  const { plan } = sale;
  const eventId = sale.event.id;
  const isFree = (seatNo: number) => live.stock.states[seatNo] === PUBLIC_STATE.free;
  const priceOf = (seatNo: number) => seatTypes(sale, seatNo)[0]?.amountMinor ?? null;

  const lose = (seatNos: readonly number[]) => {
    const lost = seatNos.filter((seatNo) => hasSeat(items, seatNo));
    if (lost.length === 0) return;
    setItems(removeSeats(items, lost));
    const told = explainLostRace(plan, lost, {
      priceOf,
      isFree: (seatNo) => isFree(seatNo) && !hasSeat(items, seatNo),
    });
    setRace({ ...told, lost });
    setSpoken(told.words);
  };

  const goOn = { onSuccess: () => router.push(`/checkout/${sale.event.slug}`), onError: refused };
  const hold = useMutation(trpc.hold.create.mutationOptions(goOn));
  const best = useMutation(trpc.hold.bestAvailable.mutationOptions(goOn));
  const busy = hold.isPending || best.isPending || hold.isSuccess || best.isSuccess;

  function refused(error: unknown): void {
    const { code, details } = readFailure(error);
    if (code === "account.sign_in_required") signInFirst();
    if (code !== "hold.seats_taken" || !Array.isArray(details["seatNos"])) return;
    const seatNos = details["seatNos"].filter((seatNo): seatNo is number => typeof seatNo === "number");
    live.markTaken(seatNos, PUBLIC_STATE.held);
    hold.reset();
    lose(seatNos);
  }

  function signInFirst(): void {
    keepChoice(eventId, items);
    router.push(`/sign-in?next=${encodeURIComponent(`/events/${sale.event.slug}/seats`)}`);
  }

  // A kept choice comes back once the stock is known; what is gone meanwhile is left out.
  useEffect(() => {
    if (live.state() !== "live") return;
    const kept = takeKeptChoice(eventId);
    if (kept) setItems({ ...kept, seats: kept.seats.filter(({ seatNo }) => isFree(seatNo)) });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when the stock moves; the rest is stable per event
  }, [version, eventId]);

  // Somebody else took a chosen seat: the stream says so before the fan presses the button.
  useEffect(() => {
    if (busy) return;
    lose(items.seats.map(({ seatNo }) => seatNo).filter((seatNo) => !isFree(seatNo)));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- runs when the stock moves, on the choice of that moment
  }, [version]);

  const violations: readonly RuleViolation[] = useMemo(
    () =>
      asked && ticketCount(items) > 0
        ? checkSelection({
            plan,
            stateOf: (seatNo) => (isFree(seatNo) ? "free" : "taken"),
            items,
            limits: { ticketsMax: sale.event.maxPerFan },
          }).filter((violation) => violation.code !== "seat.taken")
        : [],
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `version` stands for the stock that isFree reads
    [asked, items, version, plan, sale.event.maxPerFan],
  );

  function toggleSeat(seatNo: number): void {
    hold.reset();
    best.reset();
    const facts = describeSeat(sale, seatNo, { state: live.stock.states[seatNo], yours: false });
    if (hasSeat(items, seatNo)) {
      setItems(removeSeats(items, [seatNo]));
      setSpoken(`${facts.title} let go.`);
      return;
    }
    const type = seatTypes(sale, seatNo)[0];
    if (!isFree(seatNo) || !type) {
      setSpoken(`${facts.title}: ${facts.notes[0] ?? "not for sale"}.`);
      return;
    }
    if (ticketCount(items) >= sale.event.maxPerFan) {
      setAsked(true);
      setSpoken(`You can have ${sale.event.maxPerFan} tickets for this event.`);
      return;
    }
    setRace(null);
    setItems(addSeats(items, [seatNo], type.key));
    setSpoken(`${facts.title} chosen, ${formatMoney(type.amountMinor, sale.currency)}.`);
  }

  function addPlace(areaNo: number): void {
    const type = areaTypes(sale, areaNo)[0];
    const area = plan.areas[areaNo];
    if (!type || !area) return;
    const quantity = items.areas.find((line) => line.areaNo === areaNo && line.ticketType === type.key)?.quantity ?? 0;
    const left = live.stock.areas[areaNo]?.free ?? 0;
    if (quantity >= left || ticketCount(items) >= sale.event.maxPerFan) return;
    setItems(setAreaQuantity(items, { areaNo, ticketType: type.key, quantity: quantity + 1 }));
    setSpoken(`${capital(area.label)}: ${quantity + 1} chosen, ${formatMoney(type.amountMinor, sale.currency)} each.`);
  }

  function swap(take: readonly number[], leave: readonly number[]): void {
    const type = items.seats[0]?.ticketType;
    const kept = removeSeats(items, leave);
    const fresh = take.filter((seatNo) => isFree(seatNo));
    setItems(fresh.reduce((next, seatNo) => addSeats(next, [seatNo], typeFor(seatNo, type)), kept));
    setRace(null);
    setSpoken(`Now chosen: ${fresh.map((seatNo) => seatWords(plan, seatNo)).join(", ")}.`);
  }

  const typeFor = (seatNo: number, wanted: string | undefined) => {
    const types = seatTypes(sale, seatNo);
    return (types.find((type) => type.key === wanted) ?? types[0])?.key ?? "";
  };

  function askToHold(): void {
    setAsked(true);
    if (!signedIn) {
      signInFirst();
      return;
    }
    const broken = checkSelection({
      plan,
      stateOf: (seatNo) => (isFree(seatNo) ? "free" : "taken"),
      items,
      limits: { ticketsMax: sale.event.maxPerFan },
    });
    if (broken.length === 0) hold.mutate({ eventId, operationId: crypto.randomUUID(), items });
    else setSpoken(broken[0]?.message ?? "");
  }

  function askForBest(wish: { quantity: number; ticketType: string; categories?: string[]; accessible?: boolean }): void {
    if (!signedIn) signInFirst();
    else best.mutate({ eventId, operationId: crypto.randomUUID(), ...wish });
  }

  const failure: AppFailure | null = hold.error || best.error ? readFailure(hold.error ?? best.error) : null;
  return {
    items,
    setItems,
    toggleSeat,
    addPlace,
    swap,
    askToHold,
    askForBest,
    busy,
    race,
    violations,
    failure: failure?.code === "account.sign_in_required" || failure?.code === "hold.seats_taken" ? null : (hold.error ?? best.error),
    spoken,
  };
}
export type Choice = ReturnType<typeof useChoice>;

import { SEAT_FLAG, type SeatPlan } from "../layout/seat-plan.ts";
import { seatWords } from "../layout/place-name.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { ticketCount } from "../pricing/ticket-count.ts";
import { findSingleLeft } from "./single-left.ts";

/** What a fan may know of a seat: `mine` is in another hold of the same fan. */
export type SelectionState = "free" | "taken" | "mine";

export type RuleCode =
  | "items.empty"
  | "items.too_many"
  | "seat.unknown"
  | "seat.duplicate"
  | "seat.taken"
  | "seat.companion_alone"
  | "seat.single_left";

export type RuleViolation = {
  readonly code: RuleCode;
  /** For the fan: what is wrong and what to do. */
  readonly message: string;
  /** The seats it is about: those chosen wrongly, or those that would be left over. */
  readonly seatNos: readonly number[];
  /** Seats to take and chosen ones to give up for them; null when there is nothing to propose. */
  readonly suggestion: { readonly take: readonly number[]; readonly leave: readonly number[] } | null;
};

export type Selection = {
  readonly plan: SeatPlan;
  readonly stateOf: (seatNo: number) => SelectionState;
  readonly items: TicketItems;
  readonly limits: { readonly ticketsMax: number };
};

/**
 * Whether these places may be bought together; the same answer in browser, API and best available. No violation: they may.
 * A companion seat needs its accessible seat, in this selection or already the fan's; an accessible seat needs nothing.
 * The rule about single seats is in single-left.ts.
 */
export function checkSelection(selection: Selection): RuleViolation[] {
  const { plan, items } = selection;
  const violations: RuleViolation[] = [...countViolations(selection)];
  const chosen = new Set<number>();
  for (const { seatNo } of items.seats) {
    const violation = seatViolation(selection, chosen, seatNo);
    if (violation) violations.push(violation);
    else chosen.add(seatNo);
  }
  for (const seatNo of chosen) {
    const violation = companionViolation(selection, chosen, seatNo);
    if (violation) violations.push(violation);
  }
  const isOpen = (seatNo: number): boolean => chosen.has(seatNo) || selection.stateOf(seatNo) === "free";
  for (const { left, take, leave } of findSingleLeft({ plan, isOpen, chosen })) {
    const alone = left.map((seatNo) => seatWords(plan, seatNo));
    const message = `${sentence(alone)} would be left on ${alone.length === 1 ? "its" : "their"} own. Take ${seatList(plan, take)} instead of ${seatList(plan, leave)}.`;
    violations.push({ code: "seat.single_left", message, seatNos: left, suggestion: { take, leave } });
  }
  return violations;
}

function countViolations({ items, limits }: Selection): RuleViolation[] {
  const count = ticketCount(items);
  const none = { seatNos: [], suggestion: null };
  if (count === 0) return [{ code: "items.empty", message: "Choose at least one place.", ...none }];
  const { ticketsMax } = limits;
  if (count <= ticketsMax) return [];
  const message = `You can have ${ticketsMax} ${ticketsMax === 1 ? "ticket" : "tickets"} for this event; these are ${count}.`;
  return [{ code: "items.too_many", message, ...none }];
}

function seatViolation(
  { plan, stateOf }: Selection,
  chosen: ReadonlySet<number>,
  seatNo: number,
): RuleViolation | null {
  const about = { seatNos: [seatNo], suggestion: null };
  if (seatNo < 0 || seatNo >= plan.seatCount)
    return { code: "seat.unknown", message: "There is no such seat in this plan.", ...about };
  const words = seatWords(plan, seatNo);
  if (chosen.has(seatNo)) return { code: "seat.duplicate", message: `${words} is chosen twice.`, ...about };
  return stateOf(seatNo) === "taken"
    ? { code: "seat.taken", message: `${words} is no longer free.`, ...about }
    : null;
}

function companionViolation(
  { plan, stateOf }: Selection,
  chosen: ReadonlySet<number>,
  seatNo: number,
): RuleViolation | null {
  const partner = plan.companionOf[seatNo] ?? -1;
  const isCompanion = ((plan.flags[seatNo] ?? 0) & SEAT_FLAG.companion) !== 0;
  if (!isCompanion || partner < 0 || chosen.has(partner) || stateOf(partner) === "mine") return null;
  const words = `${seatWords(plan, seatNo)} is for the companion of a wheelchair user`;
  return stateOf(partner) === "free"
    ? {
        code: "seat.companion_alone",
        message: `${words}. Take it together with ${seatList(plan, [partner])}, or choose another seat.`,
        seatNos: [seatNo],
        suggestion: { take: [partner], leave: [] },
      }
    : {
        code: "seat.companion_alone",
        message: `${words}, and that place is taken. Please choose another seat.`,
        seatNos: [seatNo],
        suggestion: null,
      };
}

/** "seat 4", "seats 4 and 5": within one row, so without naming it again. */
function seatList(plan: SeatPlan, seatNos: readonly number[]): string {
  const labels = seatNos.map((seatNo) => plan.seatLabels[seatNo] ?? "?");
  return `${labels.length === 1 ? "seat" : "seats"} ${sentence(labels)}`;
}

function sentence(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

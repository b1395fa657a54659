import { SEAT_FLAG, type SeatPlan } from "../layout/seat-plan.ts";
import { seatName } from "../layout/place-name.ts";
import type { TicketItems } from "../pricing/ticket-items.ts";
import { ticketCount } from "../pricing/ticket-count.ts";
import type { BrokenRule } from "../shared/sale-problems.ts";
import { findSingleLeft } from "./single-left.ts";

/** What a fan may know of a seat: `mine` is in another hold of the same fan. */
export type SelectionState = "free" | "taken" | "mine";

export type RuleViolation = BrokenRule & {
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
    const details = {
      left: left.map((seatNo) => seatName(plan, seatNo)),
      take: seatLabels(plan, take),
      leave: seatLabels(plan, leave),
    };
    violations.push({ code: "seat.single_left", details, seatNos: left, suggestion: { take, leave } });
  }
  return violations;
}

function countViolations({ items, limits }: Selection): RuleViolation[] {
  const count = ticketCount(items);
  const none = { seatNos: [], suggestion: null };
  if (count === 0) return [{ code: "items.empty", details: {}, ...none }];
  const { ticketsMax: max } = limits;
  return count <= max ? [] : [{ code: "items.too_many", details: { max, count }, ...none }];
}

function seatViolation(
  { plan, stateOf }: Selection,
  chosen: ReadonlySet<number>,
  seatNo: number,
): RuleViolation | null {
  const about = { seatNos: [seatNo], suggestion: null };
  if (seatNo < 0 || seatNo >= plan.seatCount) return { code: "seat.unknown", details: {}, ...about };
  const details = { seat: seatName(plan, seatNo) };
  if (chosen.has(seatNo)) return { code: "seat.duplicate", details, ...about };
  return stateOf(seatNo) === "taken" ? { code: "seat.taken", details, ...about } : null;
}

function companionViolation(
  { plan, stateOf }: Selection,
  chosen: ReadonlySet<number>,
  seatNo: number,
): RuleViolation | null {
  const partner = plan.companionOf[seatNo] ?? -1;
  const isCompanion = ((plan.flags[seatNo] ?? 0) & SEAT_FLAG.companion) !== 0;
  if (!isCompanion || partner < 0 || chosen.has(partner) || stateOf(partner) === "mine") return null;
  const seat = seatName(plan, seatNo);
  const isFree = stateOf(partner) === "free";
  return {
    code: "seat.companion_alone",
    details: { seat, partner: isFree ? (plan.seatLabels[partner] ?? "?") : null },
    seatNos: [seatNo],
    suggestion: isFree ? { take: [partner], leave: [] } : null,
  };
}

const seatLabels = (plan: SeatPlan, seatNos: readonly number[]) =>
  seatNos.map((seatNo) => plan.seatLabels[seatNo] ?? "?");

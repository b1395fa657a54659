import { SEAT_STATE } from "../inventory/inventory.ts";
import type { LineId } from "../line/line.ts";
import type { AccountId, EventId, HoldId, OrderId } from "../shared/ids.ts";
import { newAccountId, newEventId, newHoldId, newLineId, newOrderId } from "./hold-store-harness.contract.ts";

export const MODEL_SEATS = 8;
export const MODEL_AREA = { areaNo: 0, capacity: 5 };
export const MODEL_MAX_PER_FAN = 4;
export const MODEL_CYCLES_MAX = 2;
export const MODEL_QUOTE = "a".repeat(64);

/** One step of a random run; fans, holds and orders are small numbers that the run turns into ids. */
export type Step =
  /** `line`: the sale has one. */
  | { kind: "acquire"; hold: number; fan: number; seats: number[]; places: number; line: boolean }
  /** The fan is let through the line, or comes out of it. */
  | { kind: "pass"; fan: number; valid: boolean }
  | { kind: "release"; hold: number; fan: number }
  | { kind: "extend"; hold: number; fan: number }
  | { kind: "claim"; hold: number; fan: number; order: number; quoteHash: string; queueMax: number }
  | { kind: "settle"; hold: number; after: "sold" | "free" }
  | { kind: "lapse"; hold: number }
  | { kind: "sweep" };

export type Ids = {
  readonly eventId: EventId;
  readonly lineId: LineId;
  readonly fans: readonly AccountId[];
  readonly holds: readonly HoldId[];
  readonly orders: readonly OrderId[];
};
export function newIds(): Ids {
  return {
    eventId: newEventId(),
    lineId: newLineId(),
    fans: Array.from({ length: 3 }, newAccountId),
    holds: Array.from({ length: 6 }, newHoldId),
    orders: Array.from({ length: 3 }, newOrderId),
  };
}

type ModelHold = {
  fan: number;
  seats: number[];
  places: number;
  state: "active" | "claimed" | "ended";
  order: number | null;
};

/**
 * The stock as a person would explain it, without expiry times: a hold that lapsed is over, whether or not the store has
 * noticed. Each step returns the kind of answer that the store must give.
 */
export function makeHoldModel() {
  const seats = Array.from({ length: MODEL_SEATS }, (): number => SEAT_STATE.free);
  const area = { held: 0, claimed: 0, sold: 0 };
  const holds = new Map<number, ModelHold>();
  const bought = new Map<number, number>();
  const passes = new Set<number>();
  /** Holds made since the last purchase; a run is much shorter than the window in which they count. */
  const cycles = new Map<number, number>();
  let queued = 0;

  const sizeOf = (hold: ModelHold) => hold.seats.length + hold.places;
  const heldBy = (fan: number) =>
    [...holds.values()]
      .filter((hold) => hold.fan === fan && hold.state === "active")
      .reduce((sum, hold) => sum + sizeOf(hold), 0);

  function end(hold: ModelHold, after: "sold" | "free"): void {
    for (const seatNo of hold.seats) seats[seatNo] = SEAT_STATE[after];
    area[hold.state === "claimed" ? "claimed" : "held"] -= hold.places;
    if (after === "sold") area.sold += hold.places;
    if (after === "sold") cycles.delete(hold.fan);
    if (hold.state === "claimed" && after === "free") {
      bought.set(hold.fan, (bought.get(hold.fan) ?? 0) - sizeOf(hold));
    }
    hold.state = "ended";
  }

  function acquire(step: Extract<Step, { kind: "acquire" }>): string {
    const known = holds.get(step.hold);
    if (known) return known.state === "ended" || known.fan !== step.fan ? "ended" : "acquired:replayed";
    if (step.line && !passes.has(step.fan)) return "no_pass";
    const made = cycles.get(step.fan) ?? 0;
    if (made >= MODEL_CYCLES_MAX) return "cycles";
    const size = step.seats.length + step.places;
    if (heldBy(step.fan) + (bought.get(step.fan) ?? 0) + size > MODEL_MAX_PER_FAN) return "limit";
    const isFull = area.held + area.claimed + area.sold + step.places > MODEL_AREA.capacity;
    if ((step.places > 0 && isFull) || step.seats.some((seatNo) => seats[seatNo] !== SEAT_STATE.free)) {
      return "taken";
    }
    for (const seatNo of step.seats) seats[seatNo] = SEAT_STATE.held;
    area.held += step.places;
    const { fan, places } = step;
    cycles.set(fan, made + 1);
    holds.set(step.hold, { fan, seats: step.seats, places, state: "active", order: null });
    return "acquired";
  }

  function claim(step: Extract<Step, { kind: "claim" }>): string {
    const hold = holds.get(step.hold);
    if (!hold || hold.fan !== step.fan) return "not_found";
    if (hold.order === step.order) return "queued:replayed";
    if (hold.state === "ended") return "not_found";
    if (hold.state === "claimed") return "claimed_elsewhere";
    if (step.quoteHash !== MODEL_QUOTE) return "price_changed";
    if (queued >= step.queueMax) return "busy";
    for (const seatNo of hold.seats) seats[seatNo] = SEAT_STATE.claimed;
    area.held -= hold.places;
    area.claimed += hold.places;
    bought.set(hold.fan, (bought.get(hold.fan) ?? 0) + sizeOf(hold));
    Object.assign(hold, { state: "claimed", order: step.order });
    queued += 1;
    return "queued";
  }

  function apply(step: Step): string {
    if (step.kind === "acquire") return acquire(step);
    if (step.kind === "claim") return claim(step);
    if (step.kind === "sweep") return "done";
    if (step.kind === "pass") {
      if (step.valid) passes.add(step.fan);
      else passes.delete(step.fan);
      return "done";
    }
    const hold = holds.get(step.hold);
    if (step.kind === "settle") {
      if (hold?.state === "claimed") end(hold, step.after);
      return "done";
    }
    if (step.kind === "lapse") {
      if (hold?.state === "active") end(hold, "free");
      return "done";
    }
    if (!hold || hold.state === "ended" || hold.fan !== step.fan) return "not_found";
    if (step.kind === "extend") return hold.state === "active" ? "extended" : "not_found";
    if (hold.state === "claimed") return "claimed";
    end(hold, "free");
    return "released";
  }

  return {
    apply,
    isActive: (hold: number) => holds.get(hold)?.state === "active",
    /** What everybody must see once nothing lapsed is left unswept. */
    stock: () => ({ seats, areas: [{ ...MODEL_AREA, ...area }] }),
    liveHoldsOf: (fan: number) =>
      [...holds].filter(([, hold]) => hold.fan === fan && hold.state !== "ended").map(([hold]) => hold),
  };
}

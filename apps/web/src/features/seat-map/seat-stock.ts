import { type AreaStock, SEAT_STATE } from "@onsale/core/inventory/inventory";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";

/** What a fan can tell apart: claimed seats look held, blocked ones look sold. */
export const LOOK = { open: 0, held: 1, sold: 2 } as const;
export type Look = (typeof LOOK)[keyof typeof LOOK];

export type AreaLeft = { readonly capacity: number; readonly left: number };

/**
 * The stock of one event as this browser last heard it. Counts are kept as seats change, so that no redraw ever scans
 * the venue.
 */
export type SeatStock = {
  readonly look: Uint8Array;
  readonly openBySection: Int32Array;
  readonly openByCategory: Int32Array;
  readonly areas: AreaLeft[];
  /** The delta this stock stands at; older ones are ignored. */
  lastId: string;
};

export function emptyStock(plan: SeatPlan): SeatStock {
  return {
    look: new Uint8Array(plan.seatCount).fill(LOOK.sold),
    openBySection: new Int32Array(plan.sections.length),
    openByCategory: new Int32Array(plan.categories.length),
    areas: plan.areas.map((area) => ({ capacity: area.capacity, left: 0 })),
    lastId: "0-0",
  };
}

export function lookOf(state: number): Look {
  switch (state) {
    case SEAT_STATE.free:
      return LOOK.open;
    case SEAT_STATE.held:
    case SEAT_STATE.claimed:
      return LOOK.held;
    default:
      return LOOK.sold;
  }
}

export type StockChange = {
  readonly id: string;
  readonly seats: readonly { readonly seatNo: number; readonly state: number }[];
  readonly areas: readonly AreaStock[];
};

/** Replaces everything; returns the seats that look different now. */
export function loadSnapshot(
  plan: SeatPlan,
  stock: SeatStock,
  snapshot: { readonly id: string; readonly seats: Uint8Array; readonly areas: readonly AreaStock[] },
): number[] {
  const changed: number[] = [];
  for (let seatNo = 0; seatNo < plan.seatCount; seatNo++) {
    if (setLook(plan, stock, { seatNo, look: lookOf(snapshot.seats[seatNo] ?? SEAT_STATE.sold) })) changed.push(seatNo);
  }
  setAreas(stock, snapshot.areas);
  stock.lastId = snapshot.id;
  return changed;
}

/** Applies one change unless it is older than the stock; returns the seats that look different now. */
export function applyChange(plan: SeatPlan, stock: SeatStock, change: StockChange): number[] {
  if (!isLater(change.id, stock.lastId)) return [];
  const changed: number[] = [];
  for (const { seatNo, state } of change.seats) {
    if (setLook(plan, stock, { seatNo, look: lookOf(state) })) changed.push(seatNo);
  }
  setAreas(stock, change.areas);
  stock.lastId = change.id;
  return changed;
}

function setLook(plan: SeatPlan, stock: SeatStock, next: { seatNo: number; look: Look }): boolean {
  const { seatNo, look } = next;
  const before = stock.look[seatNo];
  if (before === undefined || before === look) return false;
  stock.look[seatNo] = look;
  const step = look === LOOK.open ? 1 : before === LOOK.open ? -1 : 0;
  const section = plan.runs[plan.run[seatNo] ?? -1]?.section ?? -1;
  const category = plan.category[seatNo] ?? -1;
  if (section >= 0) stock.openBySection[section] = (stock.openBySection[section] ?? 0) + step;
  if (category >= 0) stock.openByCategory[category] = (stock.openByCategory[category] ?? 0) + step;
  return true;
}

function setAreas(stock: SeatStock, areas: readonly AreaStock[]): void {
  for (const { areaNo, capacity, held, claimed, sold } of areas) {
    if (areaNo < stock.areas.length)
      stock.areas[areaNo] = { capacity, left: Math.max(0, capacity - held - claimed - sold) };
  }
}

/** Stream ids are "milliseconds-sequence"; compared as numbers, not as text. */
export function isLater(id: string, than: string): boolean {
  const [ms = 0, seq = 0] = id.split("-").map(Number);
  const [thanMs = 0, thanSeq = 0] = than.split("-").map(Number);
  return ms > thanMs || (ms === thanMs && seq > thanSeq);
}

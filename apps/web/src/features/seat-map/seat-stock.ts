import {
  PUBLIC_STATE,
  type PublicArea,
  type PublicDelta,
  type PublicSnapshot,
} from "@onsale/core/inventory/snapshot-wire";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";

/**
 * The stock of one event as this browser last heard it. Counts are kept as seats change, so that no repaint ever scans
 * the venue.
 */
export type SeatStock = {
  /** One PUBLIC_STATE per seat number. */
  readonly states: Uint8Array;
  readonly openBySection: Int32Array;
  /** Seats and standing places. */
  readonly openByCategory: Int32Array;
  /** By area number. */
  readonly areas: PublicArea[];
  /** Whether a snapshot has come: until then nothing is free and nothing is sold, it is only not known. */
  known: boolean;
  /** The delta this stock stands at; older ones are ignored. */
  lastId: string;
};

export type StockChange = PublicDelta & { readonly id: string };

/** Until a snapshot is here no seat can be chosen: nobody is shown one that may be gone. */
export function emptyStock(plan: SeatPlan): SeatStock {
  return {
    states: new Uint8Array(plan.seatCount).fill(PUBLIC_STATE.sold),
    openBySection: new Int32Array(plan.sections.length),
    openByCategory: new Int32Array(plan.categories.length),
    areas: plan.areas.map((area, areaNo) => ({ areaNo, capacity: area.capacity, free: 0 })),
    known: false,
    lastId: "0-0",
  };
}

/** undefined while nobody knows. */
export function stateOf({ known, states }: SeatStock, seatNo: number): number | undefined {
  return known ? states[seatNo] : undefined;
}

/** Replaces everything; returns the seats that look different now. */
export function loadSnapshot(
  plan: SeatPlan,
  stock: SeatStock,
  snapshot: Omit<PublicSnapshot, "epoch">,
): number[] {
  const changed: number[] = [];
  for (let seatNo = 0; seatNo < plan.seatCount; seatNo++) {
    const state = snapshot.seats[seatNo] ?? PUBLIC_STATE.sold;
    if (setState(plan, stock, { seatNo, state })) changed.push(seatNo);
  }
  setAreas(plan, stock, snapshot.areas);
  stock.known = true;
  stock.lastId = snapshot.id;
  return changed;
}

/** Applies one change unless it is older than the stock; returns the seats that look different now. */
export function applyChange(plan: SeatPlan, stock: SeatStock, change: StockChange): number[] {
  if (!isLater(change.id, stock.lastId)) return [];
  const changed: number[] = [];
  for (let at = 0; at + 1 < change.seats.length; at += 2) {
    const seatNo = change.seats[at] ?? -1;
    if (setState(plan, stock, { seatNo, state: change.seats[at + 1] ?? PUBLIC_STATE.sold }))
      changed.push(seatNo);
  }
  setAreas(plan, stock, change.areas);
  stock.lastId = change.id;
  return changed;
}

/** Seats learnt about from elsewhere than the stream; the stream's next word on them still counts. */
export function markSeats(
  plan: SeatPlan,
  stock: SeatStock,
  mark: { readonly seatNos: readonly number[]; readonly state: number },
): number[] {
  return mark.seatNos.filter((seatNo) => setState(plan, stock, { seatNo, state: mark.state }));
}

function setState(plan: SeatPlan, stock: SeatStock, next: { seatNo: number; state: number }): boolean {
  const { seatNo, state } = next;
  const before = stock.states[seatNo];
  if (before === undefined || before === state) return false;
  stock.states[seatNo] = state;
  const step = state === PUBLIC_STATE.free ? 1 : before === PUBLIC_STATE.free ? -1 : 0;
  add(stock.openBySection, plan.runs[plan.run[seatNo] ?? -1]?.section, step);
  add(stock.openByCategory, plan.category[seatNo], step);
  return true;
}

function setAreas(plan: SeatPlan, stock: SeatStock, areas: readonly PublicArea[]): void {
  for (const area of areas) {
    const before = stock.areas[area.areaNo];
    if (!before) continue;
    stock.areas[area.areaNo] = area;
    add(stock.openByCategory, plan.areas[area.areaNo]?.category, area.free - before.free);
  }
}

function add(counts: Int32Array, index: number | undefined, step: number): void {
  if (index !== undefined && index < counts.length) counts[index] = (counts[index] ?? 0) + step;
}

/** Stream ids are "milliseconds-sequence"; compared as numbers, not as text. */
export function isLater(id: string, than: string): boolean {
  const [ms = 0, seq = 0] = id.split("-").map(Number);
  const [thanMs = 0, thanSeq = 0] = than.split("-").map(Number);
  return ms > thanMs || (ms === thanMs && seq > thanSeq);
}

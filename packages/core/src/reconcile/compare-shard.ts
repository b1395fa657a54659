import {
  type HoldPromise,
  type InventoryFacts,
  type InventorySnapshot,
  SEAT_STATE,
  type SeatState,
} from "../inventory/inventory.ts";
import type { InventoryStore } from "../inventory/inventory-store.ts";
import type { AreaCounts, FoundDrift } from "./reconcile.ts";
import type { HoldId } from "../shared/ids.ts";

/** Postgres is right about what it knows; what only a living hold has is a promise, and right as well. */
export type Compared = {
  readonly facts: InventoryFacts;
  readonly shard: Pick<InventorySnapshot, "seats" | "areas">;
  readonly promises: readonly HoldPromise[];
};

type RightSeat = {
  readonly kind: "sold" | "claimed" | "promised" | "blocked" | "free";
  readonly state: SeatState;
  readonly holdId: HoldId | null;
};

function rightSeats({ facts, promises }: Compared): (seatNo: number) => RightSeat {
  const right = new Map<number, RightSeat>();
  // From the weakest to the strongest: each overwrites what was said before.
  for (const seatNo of facts.blocked)
    right.set(seatNo, { kind: "blocked", state: SEAT_STATE.blocked, holdId: null });
  for (const { holdId, state, seatNos } of promises)
    for (const seatNo of seatNos) right.set(seatNo, { kind: "promised", state, holdId });
  for (const { seatNo, holdId } of facts.claimed)
    right.set(seatNo, { kind: "claimed", state: SEAT_STATE.claimed, holdId });
  for (const seatNo of facts.sold) right.set(seatNo, { kind: "sold", state: SEAT_STATE.sold, holdId: null });
  const free: RightSeat = { kind: "free", state: SEAT_STATE.free, holdId: null };
  return (seatNo) => right.get(seatNo) ?? free;
}

function seatDrift(seatNo: number, shard: number | null, { kind, holdId }: RightSeat): FoundDrift {
  const details = { seatNo, shard };
  if (kind === "sold") return { kind: "sold_but_free", details };
  if (kind === "claimed") return { kind: "claim_lost", details };
  if (kind === "promised" && holdId !== null)
    return { kind: "hold_overwritten", details: { ...details, holdId } };
  if (kind === "blocked") return { kind: "should_be_blocked", details };
  if (shard === SEAT_STATE.sold) return { kind: "free_but_taken", details: { seatNo } };
  return { kind: "lost_for_sale", details };
}

/** Claims of Postgres in standing areas that no claim of the shard stands for. */
function lostClaims({ facts, promises }: Compared) {
  const known = new Set(
    promises.filter(({ state }) => state === SEAT_STATE.claimed).map((one) => one.holdId),
  );
  return (facts.claimedAreas ?? []).filter(({ holdId }) => !known.has(holdId));
}

function rightAreas(compared: Compared): Map<number, AreaCounts> {
  const right = new Map<number, AreaCounts>(
    compared.facts.areas.map(({ areaNo, sold }) => [areaNo, { held: 0, claimed: 0, sold }]),
  );
  const add = (field: "held" | "claimed", { areaNo, quantity }: { areaNo: number; quantity: number }) => {
    const counts = right.get(areaNo);
    if (counts) right.set(areaNo, { ...counts, [field]: counts[field] + quantity });
  };
  for (const { state, areas } of compared.promises)
    for (const area of areas) add(state === SEAT_STATE.claimed ? "claimed" : "held", area);
  for (const claim of lostClaims(compared)) add("claimed", claim);
  return right;
}

function areaDrift(compared: Compared): FoundDrift[] {
  return [...rightAreas(compared)].flatMap(([areaNo, right]) => {
    const live = compared.shard.areas.find((one) => one.areaNo === areaNo);
    const shard = live ? { held: live.held, claimed: live.claimed, sold: live.sold } : null;
    const same = shard?.held === right.held && shard.claimed === right.claimed && shard.sold === right.sold;
    return same ? [] : [{ kind: "area_counts" as const, details: { areaNo, right, shard } }];
  });
}

export function compareShard(compared: Compared): FoundDrift[] {
  const rightOf = rightSeats(compared);
  const drift: FoundDrift[] = [];
  for (let seatNo = 0; seatNo < compared.facts.seatCount; seatNo++) {
    const shard = compared.shard.seats[seatNo] ?? null;
    const right = rightOf(seatNo);
    if (shard !== right.state) drift.push(seatDrift(seatNo, shard, right));
  }
  return [...drift, ...areaDrift(compared)];
}

/** What mends those differences. The shard decides in its own step what living holds have by then. */
export function repairOf(
  compared: Compared,
  drift: readonly FoundDrift[],
): Omit<Parameters<InventoryStore["repair"]>[0], "eventId"> {
  const rightOf = rightSeats(compared);
  const unpromised = rightSeats({ ...compared, promises: [] });
  const sold: number[] = [];
  const seats: { seatNo: number; seen: number | null; state: SeatState; holdId: HoldId | null }[] = [];
  const areas: { areaNo: number; seenSold: number; sold: number }[] = [];
  for (const found of drift) {
    if (found.kind === "area_counts") {
      const { areaNo, right, shard } = found.details;
      if (shard) areas.push({ areaNo, seenSold: shard.sold, sold: right.sold });
    } else if ("seatNo" in found.details) {
      const { seatNo } = found.details;
      const { kind, holdId } = rightOf(seatNo);
      const seen = compared.shard.seats[seatNo] ?? null;
      if (kind === "sold") sold.push(seatNo);
      else seats.push({ seatNo, seen, state: unpromised(seatNo).state, holdId });
    }
  }
  const claims = lostClaims(compared).map(({ holdId, areaNo, quantity }) => ({ holdId, areaNo, quantity }));
  return { sold, seats, areas, claims, bought: compared.facts.bought };
}

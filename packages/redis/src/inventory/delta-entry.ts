import {
  type AreaStock,
  type InventoryDelta,
  SEAT_STATE,
  type SeatState,
} from "@onsale/core/inventory/inventory";
import { assert } from "@onsale/core/shared/assert";

const STATES: ReadonlySet<number> = new Set(Object.values(SEAT_STATE));

/** Safe because the set holds exactly the values of SEAT_STATE. */
function isSeatState(state: number): state is SeatState {
  return STATES.has(state);
}

function seatState(text: string | undefined): SeatState {
  const state = Number(text);
  assert(isSeatState(state), `seat state ${text}`);
  return state;
}

/** Reads "capacity|held|claimed|sold" or, with ":" between, the tail of a delta's area. */
export function readArea(areaNo: number, counts: readonly string[]): AreaStock {
  const [capacity = 0, held = 0, claimed = 0, sold = 0] = counts.map(Number);
  return { areaNo, capacity, held, claimed, sold };
}

/** null for the entry that a rebuild writes: everything may have changed. See src/lua/changes.lua for the form. */
export function readDelta(id: string, fields: readonly string[]): InventoryDelta | null {
  if (fields[0] !== "s") return null;
  const [, seats = "", , areas = ""] = fields;
  return {
    id,
    seats: (seats === "" ? [] : seats.split(",")).map((part) => {
      const [seatNo, state] = part.split(":");
      return { seatNo: Number(seatNo), state: seatState(state) };
    }),
    areas: (areas === "" ? [] : areas.split(",")).map((part) => {
      const [areaNo, ...counts] = part.split(":");
      return readArea(Number(areaNo), counts);
    }),
  };
}

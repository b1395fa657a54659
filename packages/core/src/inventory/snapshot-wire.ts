import { assert } from "../shared/assert.ts";
import { type AreaStock, type InventoryDelta, type InventorySnapshot, SEAT_STATE } from "./inventory.ts";

/**
 * What fans are told about the stock: no hold ids, no accounts, and of a seat only these states. Two bits each, so
 * 39,616 seats are 9,904 bytes before compression.
 */
export const PUBLIC_STATE = { free: 0, held: 1, sold: 2 } as const;
export type PublicState = (typeof PUBLIC_STATE)[keyof typeof PUBLIC_STATE];

export type PublicArea = { readonly areaNo: number; readonly capacity: number; readonly free: number };
export type PublicSnapshot = {
  /** Deltas after this id are not in it yet. */
  readonly id: string;
  readonly epoch: string;
  /** One PUBLIC_STATE per seat number. */
  readonly seats: Uint8Array;
  readonly areas: readonly PublicArea[];
};
export type PublicDelta = {
  /** Seat number and PUBLIC_STATE in turn: [12, 1, 13, 0]. */
  readonly seats: readonly number[];
  readonly areas: readonly PublicArea[];
};

const VERSION = 1;
const SEATS_PER_BYTE = 4;
const AREA_BYTES = 9;

/** In checkout looks like held, blocked like sold. */
export function publicState(state: number): PublicState {
  if (state === SEAT_STATE.free) return PUBLIC_STATE.free;
  return state === SEAT_STATE.held || state === SEAT_STATE.claimed ? PUBLIC_STATE.held : PUBLIC_STATE.sold;
}

export function publicArea({ areaNo, capacity, held, claimed, sold }: AreaStock): PublicArea {
  return { areaNo, capacity, free: Math.max(0, capacity - held - claimed - sold) };
}

function asciiBytes(text: string): number[] {
  const bytes = Array.from(text, (char) => char.charCodeAt(0));
  assert(bytes.length < 256 && bytes.every((byte) => byte < 128), `"${text}" is a short ASCII name`);
  return bytes;
}

/**
 * All numbers are big-endian. version u8 | id length u8, id | epoch length u8, epoch | areas u16, then for each
 * number u8, capacity u32, free u32 | seats u32, then two bits per seat, the lowest bits first.
 */
export function encodeSnapshot(snapshot: InventorySnapshot): Uint8Array {
  const { seats, areas } = snapshot;
  const [id, epoch] = [asciiBytes(snapshot.id), asciiBytes(snapshot.epoch)];
  const seatsAt = 3 + id.length + epoch.length + 2 + areas.length * AREA_BYTES + 4;
  const bytes = new Uint8Array(seatsAt + Math.ceil(seats.length / SEATS_PER_BYTE));
  const view = new DataView(bytes.buffer);
  bytes.set([VERSION, id.length, ...id, epoch.length, ...epoch]);
  let at = 3 + id.length + epoch.length;
  view.setUint16(at, areas.length);
  at += 2;
  for (const area of areas.map(publicArea)) {
    view.setUint8(at, area.areaNo);
    view.setUint32(at + 1, area.capacity);
    view.setUint32(at + 5, area.free);
    at += AREA_BYTES;
  }
  view.setUint32(at, seats.length);
  for (let seatNo = 0; seatNo < seats.length; seatNo += 1) {
    const byteAt = seatsAt + (seatNo >> 2);
    const bits = publicState(seats[seatNo] ?? SEAT_STATE.blocked) << (2 * (seatNo & 3));
    bytes[byteAt] = (bytes[byteAt] ?? 0) | bits;
  }
  return bytes;
}

/** Throws on bytes that encodeSnapshot did not make, such as those of another version or a cut answer. */
export function decodeSnapshot(bytes: Uint8Array): PublicSnapshot {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const text = () => {
    const length = view.getUint8(at);
    const chars = bytes.subarray(at + 1, at + 1 + length);
    at += 1 + length;
    return String.fromCharCode(...chars);
  };
  assert(view.getUint8(at) === VERSION, "a snapshot of a version this page knows");
  at += 1;
  const [id, epoch] = [text(), text()];
  const areaCount = view.getUint16(at);
  at += 2;
  const areas = Array.from({ length: areaCount }, () => {
    const area = {
      areaNo: view.getUint8(at),
      capacity: view.getUint32(at + 1),
      free: view.getUint32(at + 5),
    };
    at += AREA_BYTES;
    return area;
  });
  const seats = new Uint8Array(view.getUint32(at));
  at += 4;
  assert(bytes.length === at + Math.ceil(seats.length / SEATS_PER_BYTE), "a whole snapshot");
  for (let seatNo = 0; seatNo < seats.length; seatNo += 1) {
    seats[seatNo] = ((bytes[at + (seatNo >> 2)] ?? 0) >> (2 * (seatNo & 3))) & 3;
  }
  return { id, epoch, seats, areas };
}

/** Many changes as one: of each place only its last state, which is all a map needs. */
export function publicDelta(deltas: readonly InventoryDelta[]): PublicDelta {
  const seats = new Map<number, PublicState>();
  const areas = new Map<number, PublicArea>();
  for (const delta of deltas) {
    for (const { seatNo, state } of delta.seats) seats.set(seatNo, publicState(state));
    for (const area of delta.areas) areas.set(area.areaNo, publicArea(area));
  }
  return { seats: [...seats].flat(), areas: [...areas.values()] };
}

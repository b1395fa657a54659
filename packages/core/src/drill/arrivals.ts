import { makeRandom } from "./random.ts";
import type { RecordedOrder } from "./replay.ts";

/**
 * When a crowd comes; milliseconds from the release (T-0), negative before it.
 * flash: most gather in the lobby, more and more of them towards the release; a share comes after it.
 * poisson: an even stream from the opening of the lobby on, as people come who know of no release.
 * replay: the orders of a recorded sale, the first at the release, its gaps divided by `compress`.
 */
export type ArrivalShape =
  | {
      readonly kind: "flash";
      readonly lobbyMs: number;
      readonly latePct: number;
      readonly lateMs: number;
    }
  | { readonly kind: "poisson"; readonly lobbyMs: number; readonly perSecond: number }
  | { readonly kind: "replay"; readonly orders: readonly RecordedOrder[]; readonly compress: number };

/** `quantity` null: as the crowd's plan has it. */
export type Arrival = { readonly no: number; readonly atMs: number; readonly quantity: number | null };

/** 1 is an even stream; higher brings more of the crowd close to the release. */
const RUSH = 1.8;
/** Streams of their own, so that a change here changes nothing else about a fan. */
const STREAM = 0x0a88_0000;

/** One for each of `fans`, by their number; more fans are added to the same ones. A recording ends with its orders. */
export function planArrivals(
  shape: ArrivalShape,
  { seed, fans }: { readonly seed: number; readonly fans: number },
): Arrival[] {
  switch (shape.kind) {
    case "flash":
      return Array.from({ length: fans }, (_, no) => ({
        no,
        quantity: null,
        atMs: flashAt(shape, seed, no),
      }));
    case "poisson":
      return poisson(shape, { seed, fans });
    case "replay": {
      const { orders, compress } = shape;
      const firstMs = orders[0]?.atMs ?? 0;
      return orders
        .slice(0, fans)
        .map(({ atMs, quantity }, no) => ({ no, quantity, atMs: Math.round((atMs - firstMs) / compress) }));
    }
  }
}

function flashAt(
  { lobbyMs, latePct, lateMs }: Extract<ArrivalShape, { kind: "flash" }>,
  seed: number,
  no: number,
): number {
  const random = makeRandom(seed, STREAM + no);
  const late = lobbyMs === 0 || random.chance(latePct);
  const share = random.next() ** RUSH;
  return Math.round(late ? lateMs * share : -lobbyMs * share);
}

/** Gaps of a Poisson process are exponential: -ln(u) / rate. */
function poisson(
  { lobbyMs, perSecond }: Extract<ArrivalShape, { kind: "poisson" }>,
  { seed, fans }: { readonly seed: number; readonly fans: number },
): Arrival[] {
  const random = makeRandom(seed, STREAM - 1);
  let atMs = -lobbyMs;
  return Array.from({ length: fans }, (_, no) => {
    atMs += (-Math.log(1 - random.next()) / perSecond) * 1_000;
    return { no, atMs: Math.round(atMs), quantity: null };
  });
}

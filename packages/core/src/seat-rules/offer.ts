import { SEAT_FLAG } from "../layout/seat-plan.ts";
import { isReserved, type SeatIndex } from "./seat-index.ts";

/** Which seats a party would take. */
export type SeatWishes = {
  readonly index: SeatIndex;
  readonly isFree: (seatNo: number) => boolean;
  /** Keys; absent: any. */
  readonly categories?: readonly string[] | undefined;
  readonly sections?: readonly string[] | undefined;
  /** Minor units, null where a seat is not sold; asked only for seats that are free and fit. */
  readonly priceOf?: ((seatNo: number) => number | null) | undefined;
  /** Both ends included; needs `priceOf`. */
  readonly priceRange?: { readonly minMinor?: number; readonly maxMinor?: number } | undefined;
};
/** What a free seat must be to be offered, beside being free. */
export type Offer = {
  readonly index: SeatIndex;
  readonly isFree: (seatNo: number) => boolean;
  /** Free, no house seat, of the asked category, section and price; of any kind. */
  readonly fits: (seatNo: number) => boolean;
  /** Fits and is neither accessible nor companion. */
  readonly isOffered: (seatNo: number) => boolean;
};

export function makeOffer(ask: SeatWishes): Offer {
  const { index, isFree, categories, sections, priceOf, priceRange } = ask;
  const { plan } = index;
  const categoryFits = plan.categories.map(({ key }) => !categories || categories.includes(key));
  const sectionFits = plan.sections.map(({ key }) => !sections || sections.includes(key));
  const runFits = plan.runs.map((run) => sectionFits[run.section] === true);
  const priceFits = (seatNo: number): boolean => {
    if (!priceOf) return true;
    const priceMinor = priceOf(seatNo);
    if (priceMinor === null) return false;
    return priceMinor >= (priceRange?.minMinor ?? 0) && priceMinor <= (priceRange?.maxMinor ?? Infinity);
  };
  const fits = (seatNo: number): boolean =>
    ((plan.flags[seatNo] ?? 0) & SEAT_FLAG.houseSeat) === 0 &&
    runFits[plan.run[seatNo] ?? -1] === true &&
    categoryFits[plan.category[seatNo] ?? -1] === true &&
    isFree(seatNo) &&
    priceFits(seatNo);
  return { index, isFree, fits, isOffered: (seatNo) => !isReserved(plan, seatNo) && fits(seatNo) };
}

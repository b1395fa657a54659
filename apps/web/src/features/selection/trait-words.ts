import type { SeatTrait } from "@onsale/core/layout/seat-trait";

export const TRAIT_WORDS: Readonly<Record<SeatTrait, string>> = {
  wheelchair: "Wheelchair place",
  companion: "Companion seat",
  restricted_view: "Restricted view",
};

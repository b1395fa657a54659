/** How much of a section is painted: its shape alone, its seats as dots, or seats one can read. */
export type Detail = "sections" | "dots" | "seats";

/** CSS pixels between neighbours from which seats can be told apart, and from which their labels can be read. */
export const DOTS_FROM_PX = 3.2;
export const SEATS_FROM_PX = 19;
/** From here a mouse can hit a seat. */
export const PICK_FROM_PX = 6;
/** A tap on a section comes as near as this; a finger picks seats from a little less on, or rounding would eat taps. */
export const SECTION_PITCH_PX = 26;
export const TOUCH_FROM_PX = 24;
/** Closer makes no seat clearer. */
export const PITCH_PX_MAX = 54;

export function detailAt(pitchPx: number): Detail {
  if (pitchPx < DOTS_FROM_PX) return "sections";
  return pitchPx < SEATS_FROM_PX ? "dots" : "seats";
}

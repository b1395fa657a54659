import type { DraftRun, DraftSeat, DraftSection } from "./draft.ts";

/**
 * Finds whom a companion seat accompanies when the file does not say: the nearest accessible seat of its row or table,
 * else of its section. null: there is none, which is a fault; undefined: not a companion seat.
 */
export function makePartnerFinder(section: DraftSection) {
  let accessible: DraftSeat[] | null = null;
  return (seat: DraftSeat, run: DraftRun): DraftSeat | null | undefined => {
    if (seat.partner !== undefined) return seat.partner;
    if (!seat.companion) return undefined;
    accessible ??= section.runs.flatMap((other) => other.seats.filter(isPartner));
    return nearest(seat, run.seats.filter(isPartner)) ?? nearest(seat, accessible);
  };
}

function isPartner(seat: DraftSeat): boolean {
  return seat.accessible === true && seat.companion !== true;
}

function nearest(seat: DraftSeat, others: readonly DraftSeat[]): DraftSeat | null {
  let best: DraftSeat | null = null;
  let bestDistance = Infinity;
  for (const other of others) {
    const distance = Math.hypot(other.x - seat.x, other.y - seat.y);
    if (other === seat || distance >= bestDistance) continue;
    best = other;
    bestDistance = distance;
  }
  return best;
}

import { AUDIT_WRONGS } from "../audit/audit-store.ts";

/** What a row of each invariant of docs/reliability.md may be found with. */
export const WRONGS = {
  I1: ["sold_twice"],
  I2: ["no_such_area", "beyond_capacity", "miscounted"],
  I3: ["tickets_differ"],
  I4: ["money_without_tickets"],
  I5: ["unbalanced", "booked_otherwise", "captured_otherwise"],
  I6: ["books_differ", "kept_by_provider"],
  I7: ["past_its_time"],
  I9: ["no_such_seat", "not_its_orders", "sold_without_claim"],
  I10: ["beyond_limit", "miscounted"],
  I11: ["above_cap", "above_inflow"],
  I12: [
    "overtaken",
    "let_in_twice",
    "wave_and_pass_differ",
    "given_twice",
    "above_last_number",
    "draw_incomplete",
  ],
  I13: ["key_twice"],
  I14: ["captured_twice", "hold_twice"],
  I15: ["trail_differs"],
  I16: ["taken_in_twice"],
  I17: ["use_and_time_differ"],
  I18: [
    "code_miscounted",
    "code_beyond_uses",
    "grant_of_other_presale",
    "presale_miscounted",
    "presale_beyond_allotment",
  ],
  I19: ["total_differs"],
  I20: ["not_done"],
  I21: ["not_captured", "past_its_time", "event_over"],
  I22: ["unpublished_prices"],
  I23: AUDIT_WRONGS,
  I24: [
    "several_open_offers",
    "wait_and_offer_differ",
    "open_past_its_time",
    "bought_without_sale",
    "seat_of_no_open_offer",
  ],
  I25: ["without_payment", "not_captured"],
  I26: ["other_account", "other_event", "other_place"],
  I27: ["parked", "fails_again"],
  I28: ["parked"],
} as const;

export type InvariantId = keyof typeof WRONGS;
export type WrongOf<I extends InvariantId> = (typeof WRONGS)[I][number];

/**
 * A row that breaks an invariant: what is wrong, the order's reference and the event's slug where it is about one, and
 * what else the question found, as Postgres names it.
 */
export type Finding<I extends InvariantId = InvariantId> = Readonly<Record<string, unknown>> & {
  readonly wrong: WrongOf<I>;
  readonly reference?: string | null | undefined;
  readonly event?: string | null | undefined;
};

import type { SchemaRule } from "./schema-rule.ts";

type None = Record<never, never>;

/** A seat as it is printed on a ticket; `run`: whether its row is one or a table. */
export type SeatName = {
  readonly section: string;
  readonly row: string;
  readonly seat: string;
  readonly run: "row" | "table";
};

/** What keeps tickets from being sold, an event from being published, and a list of addresses from being read. */
export type SaleProblems = {
  "items.empty": None;
  "items.too_many": { readonly max: number };
  "items.too_expensive": None;
  "seat.unknown": { readonly seatNo: number };
  "seat.duplicate": { readonly seat: SeatName };
  "area.unknown": { readonly areaNo: number };
  "ticket_type.unknown": { readonly ticketType: string };
  /** Of a selection: a place that is not sold as this type. Of a price list: a category that nobody could buy. */
  "price.missing":
    | { readonly place: SeatName | string; readonly ticketType: string }
    | { readonly category: string; readonly places: number };
  "ticket_type.duplicate": { readonly key: string };
  "fee.duplicate": { readonly key: string };
  "tax.duplicate": { readonly key: string };
  "price.unknown_category": { readonly category: string };
  "price.unknown_ticket_type": { readonly ticketType: string };
  "price.unknown_seat": { readonly seatId: string };
  "price.duplicate":
    | { readonly category: string; readonly ticketType: string }
    | { readonly seatId: string; readonly ticketType: string | null };
  "event.no_layout": None;
  "event.no_places": None;
  "event.no_price_list": None;
  "event.other_currency": { readonly prices: string; readonly event: string };
  "event.past": None;
  "event.sales_over": None;
  /** `title`: where the problem is one of many events in a file. */
  "event.doors_late": { readonly title?: string };
  "event.ends_early": { readonly title?: string };
  "event.sales_end_late": { readonly title?: string };
  "event.invalid": { readonly title: string; readonly field: string; readonly rule: SchemaRule };
  "sale.no_date": { readonly window: string };
  "sale.opens_late": { readonly window: string };
  "sale.overlap": { readonly window: string; readonly other: string };
  "sale.over": None;
  "email.invalid":
    | { readonly text: string }
    | { readonly why: "unclosed_quote" | "none" }
    | { readonly max: number };
};

/** What keeps a selection from being held, beside its prices; told to the fan as it is chosen. */
export type SeatRules = {
  "items.empty": None;
  "items.too_many": { readonly max: number; readonly count: number };
  "seat.unknown": None;
  "seat.duplicate": { readonly seat: SeatName };
  "seat.taken": { readonly seat: SeatName };
  /** `partner`: the label of the seat that it comes with; null: somebody else has it. */
  "seat.companion_alone": { readonly seat: SeatName; readonly partner: string | null };
  /** `take` and `leave`: labels of seats in the row of those that would be left. */
  "seat.single_left": {
    readonly left: readonly SeatName[];
    readonly take: readonly string[];
    readonly leave: readonly string[];
  };
};
export type RuleCode = keyof SeatRules;

/** A broken rule, as the details of a refusal carry it. */
export type BrokenRule = {
  [C in RuleCode]: { readonly code: C; readonly details: SeatRules[C] };
}[RuleCode];

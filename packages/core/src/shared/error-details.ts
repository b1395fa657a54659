import type { Currency } from "./money-schema.ts";
import type { ToldProblems } from "./problem.ts";
import type { BrokenRule } from "./sale-problems.ts";
import type { SchemaRule } from "./schema-rule.ts";

/** Nothing but the code is told. */
type None = Record<string, never>;
/** Asked again after this time, the call may go well. */
type Later = { readonly retryAfterMs: number };
/** `event`, `order` and the like: the name that was asked for, where somebody typed one. */
type Asked<Name extends string> = { readonly [N in Name]?: string };

/** What somebody else changed since a save that came too late was made from. */
type ChangeFacts = {
  readonly version: number;
  readonly by: string;
  readonly atMs: number;
  readonly fields: readonly string[];
};

/** What a schema found in an input: where, and which rule. */
export type SchemaFault = { readonly path: string; readonly rule: SchemaRule };

/** Why an input does not fit although each field of it has the right form. */
export type InputFault =
  | { readonly why: "characters" }
  | { readonly why: "account" | "layout_name"; readonly faults: readonly SchemaFault[] }
  | { readonly why: "reason"; readonly max: number }
  | { readonly why: "presale" | "window"; readonly windowKey: string; readonly known: readonly string[] }
  | ({ readonly why: "items" | "times" } & ToldProblems)
  | { readonly why: "places_fixed" | "allotment_sold" }
  /** An input that says neither an organization nor what of it is meant. */
  | { readonly why: "names_nothing" }
  | { readonly why: "which_organization"; readonly slugs: readonly string[] }
  | { readonly why: "wish"; readonly what: "ticket_type" | "section" | "price_level" }
  | { readonly why: "wish_price"; readonly cheapestMinor: number; readonly currency: Currency }
  | { readonly why: "fault_schedule"; readonly text: string; readonly known: readonly string[] };

/** `path...`: of the path that leads from an entry to the root of its draw. */
type DrawFault =
  | "not_a_draw"
  | "seed"
  | "commitment"
  | "root_published"
  | "entry_form"
  | "entry_twice"
  | "order"
  | "root"
  | "not_in_draw"
  | "not_a_path"
  | "path"
  | "path_root"
  | "path_size"
  | "path_entry"
  | "path_number";

type ReportFault = "not_json" | "spelling" | "signature" | "no_draw";
/** `at`: its place in the report, where one place is at fault. */
type ReportRefusal =
  | { readonly why: ReportFault }
  /** `entries`: how many the file of the draw has. */
  | { readonly why: "draw"; readonly at: "line.draw" }
  | { readonly why: "draw"; readonly at: "line.draw.entries"; readonly entries: number }
  | { readonly why: "not_a_report"; readonly at?: string; readonly rule?: SchemaRule }
  /** `fingerprint`: of the key that it was signed with. */
  | { readonly why: "key"; readonly fingerprint: string }
  | { readonly why: "totals"; readonly at: string; readonly rule: TotalsRule };

/** How a figure of a drill's report follows from its other figures. */
export type TotalsRule =
  | "places_of_sections"
  | "sold_of_sections"
  | "all_seats"
  | "sold_out"
  | "no_failures"
  | "targets_met"
  | "of_invariants"
  | "sum_of_series"
  | "errors_by_step"
  | "errors_unexpected"
  | "only_allowed"
  | "each_fan"
  | "rising"
  | "after_fault"
  | "part_of_steps"
  | "value_elsewhere"
  | "target_met"
  | "every_target"
  | "line_if_admitted"
  | "each_admitted"
  | "of_waves"
  | "number_once"
  | "fullest_wave"
  | "most_of_waves"
  | "all_drawn"
  | "from_fans"
  | "no_bots"
  | "of_bots"
  | "of_kinds"
  | "all_requests"
  | "share_of_tickets";

type SaleClosed = "not_published" | "presale_only" | "paused" | "sold_out" | "over" | "cancelled";

/**
 * Every code and what goes with it: facts, never sentences. The words stand in one catalogue per edge, each keyed by these
 * codes, so a code that is added here does not compile until each edge has words for it.
 */
export type ErrorDetails = {
  "input.invalid": InputFault;
  "input.too_large": { readonly bytesMax: number } | { readonly valuesMax: number };
  "account.sign_in_required": None;
  "account.bad_credentials": None;
  /** `email`: for staff alone; whoever signs up is told nothing. `keepsRole`: it exists and stays what it is. */
  "account.email_taken": { readonly email?: string; readonly keepsRole?: string };
  "account.weak_password": { readonly why: "common" | "personal" };
  "account.wrong_password": None;
  "account.bad_reset": None;
  "account.not_allowed": { readonly why?: "staff_not_blocked" };
  "account.not_found": None;
  "account.blocked": None;
  "account.unverified": None;
  "account.bad_code": { readonly triesLeft: number };
  "origin.foreign": None;
  /** `key`: whose budget is used up. */
  "rate.limited": Later & {
    readonly limit?: number;
    readonly perSeconds?: number;
    readonly key?: string;
    readonly what?: "mail" | "sign_in" | "codes" | "streams";
  };
  "event.not_found": Asked<"event"> & { readonly why?: "unpriced" };
  "event.not_on_sale": { readonly opensAtMs: number } | { readonly why: SaleClosed };
  "event.bad_transition":
    | { readonly from: string; readonly to: string }
    | { readonly why: "layout_and_currency_fixed" };
  /** `before`: what it is not ready for. */
  "event.incomplete": ToldProblems & {
    readonly before: "publishing" | "prices";
    readonly title: string;
  };
  "event.slug_taken": None;
  "change.stale":
    | {
        readonly thing: "details" | "prices" | "line" | "organization";
        readonly version: number;
        readonly changes: readonly ChangeFacts[];
      }
    | { readonly thing: "venue"; readonly address: string };
  "layout.not_found": None;
  "layout.in_use": { readonly slugs: readonly string[] };
  "layout.invalid": ToldProblems;
  "import.invalid": ToldProblems | { readonly why: "recording" };
  "venue.not_found": None;
  "organization.not_found": { readonly why?: "none_yet" };
  "organization.slug_taken": { readonly slug: string };
  "member.not_found": None;
  "member.already": { readonly email: string };
  "member.last_owner": None;
  "invitation.over": None;
  "invitation.other_address": { readonly email: string };
  "invitation.too_many": { readonly max: number };
  "invitation.too_soon": { readonly retryAfterMs: number };
  "hold.not_found": None;
  "hold.empty": None;
  "hold.seats_taken": { readonly seatNos: readonly number[]; readonly areaNos: readonly number[] };
  "hold.area_full": { readonly areaNos: readonly number[] };
  "hold.limit": { readonly max: number; readonly bought: number; readonly held?: number };
  "hold.seat_rule": { readonly violations: readonly BrokenRule[] };
  "hold.expired": { readonly why?: "ended" };
  "hold.not_extendable": None;
  "hold.in_checkout": None;
  "hold.ordered": { readonly orderId: string; readonly reference: string };
  "hold.no_block": { readonly quantity: number };
  "hold.cycles": Later & { readonly max: number };
  "hold.time": Later & { readonly maxMs: number; readonly unconfirmed: boolean };
  "inventory.rebuilding": Partial<Later>;
  "price.changed": { readonly quoteHash: string };
  "price.missing":
    | ToldProblems
    | { readonly why: "currency"; readonly prices: string; readonly event: string }
    | { readonly why: "gone" };
  "checkout.busy": Later & { readonly queueLength: number };
  "checkout.pending": Partial<Later> & { readonly orderId: string };
  "checkout.key_reused": None;
  "checkout.seats_lost": None;
  "order.not_found": Asked<"order">;
  "payment.unavailable": None;
  "line.not_found": { readonly why?: "not_in_it" };
  "line.exists": None;
  "line.not_open": { readonly state: string };
  "line.person_taken": None;
  "line.not_your_turn": { readonly why?: "no_number" };
  "line.pass_required": { readonly why: "missing" | "invalid" | "expired" | "ended" };
  "line.resting": Later;
  "line.no_more_time": { readonly max: number };
  "line.bad_transition":
    | {
        readonly from: "closed" | "lobby" | "drawing" | "open" | "paused" | "draining";
        readonly isOver: boolean;
        readonly to: string;
        readonly next: readonly string[];
      }
    | { readonly why: "public_value" };
  "line.settings_fixed": { readonly why?: "removal" };
  "draw.not_published": { readonly why?: "not_in_draw" };
  "draw.refused": { readonly why: DrawFault; readonly at?: number };
  "access.required": {
    readonly presales: readonly {
      readonly windowKey: string;
      readonly label: string;
      readonly closesAtMs: number;
    }[];
    readonly opensAtMs: number | null;
  };
  "access.code_refused": None;
  "access.allotment_gone": { readonly windowKey: string; readonly left: number };
  "challenge.required": { readonly challenge: unknown; readonly action: string };
  "challenge.failed": { readonly why: string };
  "risk.refused": Later;
  "waitlist.closed": { readonly why: "on_sale" | "over" };
  "waitlist.not_found": None;
  "waitlist.offer_over": None;
  "report.refused": ReportRefusal;
  "ticket.not_found": None;
  "ticket.bad_code": None;
  "service.unavailable": Partial<Later> & { readonly what?: "imports" | "stopping" | "challenge" | "seats" };
  "database.role_not_made": { readonly role: string; readonly reason: string };
  "database.role_too_powerful": { readonly role: string; readonly power: string };
  "database.not_owner": None;
  /** `applied`: a migration of that database; `here`: the one of this build in its place. */
  "database.other_version":
    | { readonly why: "no_record" }
    | { readonly why: "migration"; readonly applied: string; readonly here: string | null }
    | { readonly why: "changed"; readonly applied: string };
};

export type ErrorCode = keyof ErrorDetails;

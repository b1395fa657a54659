import type { ErrorCode, SchemaFault } from "@onsale/core/shared/error-details";
import type { DecodeFault, FindSeatsFault } from "@onsale/core/shared/layout-problems";
import type { Locale } from "@onsale/core/shared/locale";
import type { ToldProblems } from "@onsale/core/shared/problem";

type None = Record<never, never>;
type File = { readonly file: string };

/** What a command refuses by itself, and the facts of it: `details` of `--json`, beside `why`. */
export type Refusals = {
  no_terminal: None;
  passwords_differ: None;
  no_password: None;
  not_a_batch: { readonly text: string };
  revoke_what: None;
  bad_options: { readonly faults: readonly SchemaFault[] };
  not_an_organization: { readonly faults: readonly SchemaFault[] };
  not_an_address: { readonly faults: readonly SchemaFault[] };
  not_a_time: { readonly text: string };
  kept_of_whom: None;
  no_account: { readonly email: string; readonly inviting: boolean };
  no_event: { readonly event: string };
  no_order: { readonly order: string };
  no_job: { readonly id: string };
  retry_what: None;
  fault_needs_up: None;
  no_server: { readonly url: string; readonly answers: boolean };
  drill_not_up: { readonly reason: string };
  drill_line_closed: None;
  drill_unpriced: { readonly title: string };
  event_without_seats: None;
  no_such_seats: FindSeatsFault;
  too_many_seats: { readonly count: number; readonly max: number };
  bad_reason: { readonly max: number };
  not_a_layout: { readonly text: string; readonly fileToo: boolean };
  no_layout: { readonly id: string };
  layout_faults: ToldProblems & { readonly source: string };
  not_a_hold: { readonly text: string };
  hold_ordered: None;
  hold_gone: None;
  hold_in_checkout: None;
  stock_rebuilding: None;
  not_a_venue: { readonly text: string };
  seat_without_event: None;
  not_an_email: { readonly text: string };
  seed_what: None;
  nights_drawn: { readonly title: string; readonly nights: number };
  no_ticket_code: None;
  no_public_key: None;
  not_a_public_key: None;
  not_a_report_key: { readonly from: string };
  file_too_large: File & { readonly bytes: number; readonly max: number };
  file_unreadable: File & DecodeFault;
  file_failed: File & { readonly to: "read" | "write"; readonly reason: string };
  no_line: { readonly title: string; readonly slug: string };
  no_line_of_window: {
    readonly title: string;
    readonly windowKey: string;
    readonly known: readonly string[];
  };
  line_drawn: {
    readonly slug: string;
    readonly from: string;
    readonly to: string;
    readonly next: readonly string[];
  };
  no_sale_window: {
    readonly title: string;
    readonly windowKey: string;
    readonly known: readonly string[];
  };
  line_options: {
    readonly faults: readonly (SchemaFault & { readonly option: string })[];
  };
  option_is_no_time: { readonly option: string; readonly text: string };
  draw_is_past: { readonly text: string; readonly atMs: number; readonly timeZone: string };
  no_opening_ahead: None;
  one_draw: None;
  which_draw: None;
  not_http: { readonly url: string };
  url_unreachable: { readonly url: string; readonly status: number | null };
  url_too_large: { readonly url: string; readonly max: number };
  no_draw_there: { readonly url: string };
  /** As the server's own check of its environment says it; it knows no reader. */
  bad_environment: { readonly reason: string };
  no_sandbox_key: None;
  /** `reason`: as the system says it. */
  sandbox_not_up: { readonly reason: string; readonly books: string };
  /** What cannot be undone or harms somebody is done with --yes alone. */
  yes_hold: None;
  yes_layout: None;
  yes_line_end: { readonly verb: string };
  yes_line_remove: { readonly title: string; readonly windowKey: string };
  yes_line_sale: { readonly title: string; readonly drawsAtMs: number; readonly timeZone: string };
  yes_draw: { readonly title: string };
  yes_event: { readonly title: string; readonly to: "end" | "cancel" };
  yes_demo: { readonly url: string };
};
export type RefusalWhy = keyof Refusals;

/** The code that `--json` answers with, whose category is the exit code. Most are a wrong input. */
const CODE_OF: Readonly<Partial<Record<RefusalWhy, ErrorCode>>> = {
  no_account: "account.not_found",
  no_event: "event.not_found",
  no_order: "order.not_found",
  no_server: "service.unavailable",
  drill_not_up: "service.unavailable",
  sandbox_not_up: "service.unavailable",
  drill_line_closed: "service.unavailable",
  drill_unpriced: "event.incomplete",
  event_without_seats: "event.incomplete",
  not_a_layout: "layout.not_found",
  no_layout: "layout.not_found",
  layout_faults: "layout.invalid",
  hold_ordered: "hold.ordered",
  hold_gone: "hold.not_found",
  hold_in_checkout: "hold.in_checkout",
  stock_rebuilding: "inventory.rebuilding",
  not_a_venue: "venue.not_found",
  nights_drawn: "line.exists",
  no_ticket_code: "ticket.bad_code",
  file_too_large: "import.invalid",
  file_unreadable: "import.invalid",
  no_line: "line.not_found",
  no_line_of_window: "line.not_found",
  line_drawn: "line.bad_transition",
  url_unreachable: "service.unavailable",
  no_draw_there: "draw.not_published",
};

export const codeOfRefusal = (why: RefusalWhy): ErrorCode => CODE_OF[why] ?? "input.invalid";

/** One language's sentence for each. Complete by its type: a refusal without words does not compile. */
export type RefusalSentences = {
  readonly [W in RefusalWhy]: (details: Refusals[W], locale: Locale) => string;
};

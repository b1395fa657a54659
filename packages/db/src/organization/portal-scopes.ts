/** Which rows of a table are an organization's, and what its portal does with them. */
export type PortalScope = {
  readonly table: string;
  /** A condition on the table's row. What it reads of other tables is under their conditions in turn. */
  readonly rows: string;
  /** None: the portal has no right to the table, and the condition stands for the day on which it gets one. */
  readonly verbs: readonly ("select" | "insert" | "update" | "delete")[];
  /** Which columns may be read; absent: all. */
  readonly columns?: readonly string[];
};

const OWN = "organization_id = current_organization()";
const eventOf = (table: string) => `exists (select from event e where e.id = ${table}.event_id)`;
const orderOf = (table: string) => `exists (select from orders o where o.id = ${table}.order_id)`;
const lineOf = (table: string) => `exists (select from line l where l.line_no = ${table}.line_no)`;
const chainOf = (table: string) =>
  [
    `chain = current_organization()`,
    ...["event", "venue", "layout"].map(
      (thing) => `exists (select from ${thing} t where t.id = ${table}.chain)`,
    ),
  ].join(" or ");

/** Everything that hangs on an organization. A table that is not here is closed to the portal. */
export const PORTAL_SCOPES: readonly PortalScope[] = [
  { table: "organization", rows: "id = current_organization()", verbs: ["select", "update"] },
  { table: "organization_member", rows: OWN, verbs: ["select", "update", "delete"] },
  { table: "organization_invitation", rows: OWN, verbs: ["select", "insert", "update"] },
  { table: "venue", rows: OWN, verbs: ["select", "insert", "update"] },
  { table: "layout", rows: OWN, verbs: ["select", "insert", "update"] },
  { table: "event", rows: OWN, verbs: ["select", "insert", "update"] },
  ofEvent("event_address", "select", "insert", "delete"),
  ofEvent("event_price_list", "select", "insert"),
  { table: "event_feed", rows: `${OWN} and ${eventOf("event_feed")}`, verbs: [] },
  ofEvent("ga_pool", "select", "insert", "delete"),
  ofEvent("seat_claim", "select", "insert", "delete"),
  ofEvent("window_allotment", "select", "insert", "update"),
  ofEvent("fan_quota", "select"),
  ofEvent("access_code", "select", "insert", "update"),
  ofEvent("access_grant", "select"),
  ofEvent("access_list", "select", "insert", "delete"),
  ofEvent("line", "select", "insert", "update", "delete"),
  { table: "line_seed", rows: lineOf("line_seed"), verbs: ["select", "insert"] },
  { table: "line_entry", rows: lineOf("line_entry"), verbs: ["select"] },
  { table: "line_pass", rows: lineOf("line_pass"), verbs: ["select"] },
  { table: "line_wave", rows: lineOf("line_wave"), verbs: ["select"] },
  ofEvent("orders", "select"),
  ofEvent("ticket", "select"),
  { table: "payment", rows: orderOf("payment"), verbs: [] },
  { table: "sandbox_payment", rows: orderOf("sandbox_payment"), verbs: [] },
  ofEvent("ledger_entry"),
  {
    table: "ledger_posting",
    rows: "exists (select from ledger_entry e where e.id = ledger_posting.entry_id)",
    verbs: [],
  },
  ofEvent("waitlist_entry", "select"),
  ofEvent("waitlist_offer", "select"),
  ofEvent("waitlist_seat"),
  { table: "audit", rows: chainOf("audit"), verbs: ["select", "insert"] },
  { table: "audit_head", rows: chainOf("audit_head"), verbs: ["select", "insert", "update"] },
  {
    table: "account",
    rows: `exists (select from organization_member m where m.account_id = account.id)
      or exists (select from waitlist_entry w where w.account_id = account.id)`,
    verbs: ["select"],
    columns: ["id", "email", "name"],
  },
];

/** What it may do beside that: leave work for the worker, each once, and number what it blocks. */
export const PORTAL_GRANTS: readonly { readonly right: string; readonly on: string }[] = [
  { right: "insert on", on: "job" },
  { right: "select (effect) on", on: "job" },
  { right: "usage on sequence", on: "fence_seq" },
];

function ofEvent(table: string, ...verbs: PortalScope["verbs"]): PortalScope {
  return { table, rows: eventOf(table), verbs };
}

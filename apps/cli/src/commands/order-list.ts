import type { Container } from "@onsale/api/compose/container";
import { Email } from "@onsale/core/account/email";
import { findSeats } from "@onsale/core/layout/find-seats";
import { compileLayout } from "@onsale/core/layout/seat-plan";
import { OrderState } from "@onsale/core/order/order";
import type { EventId } from "@onsale/core/shared/ids";
import { formatMoney } from "../format.ts";
import { countWords, PAGE_MAX } from "@onsale/core/shared/page";
import { type Command, Option } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { wholeNumber } from "../options.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { CliError } from "../cli-error.ts";

const EVENT = "night-of-strings-2027-03-05";
const LIMIT = 50;

type Options = {
  readonly json?: boolean;
  readonly event?: string;
  readonly email?: string;
  readonly seat?: string;
  readonly reference?: string;
  readonly state?: OrderState;
  readonly limit: number;
  readonly after?: string;
};

export function addOrderListCommand(group: Command, cli: Cli): void {
  addCommand(group, {
    name: "list",
    about:
      "Orders, newest first: by a fan's address, a seat, what the reference begins with, or all of an event.",
    examples: [
      ["order list --email fan@onsale.example", "of one fan"],
      [`order list --event ${EVENT} --seat "Floor, 3, 7"`, "who has or had this seat"],
      ["order list --reference K7QF", "by the beginning of a reference"],
    ],
  })
    .option("--event <event>", "slug or id")
    .option("--email <address>", "the address of the order or of its account")
    .option("--seat <place>", "section, row, seat; needs --event")
    .option("--reference <text>", "what the reference begins with")
    .addOption(new Option("--state <state>", "only those in this state").choices(OrderState.options))
    .option("--limit <n>", "at most this many", wholeNumber(1, PAGE_MAX), LIMIT)
    .option("--after <cursor>", "go on where the page before ended")
    .action((options: Options) => list(cli, options));
}

async function list(cli: Cli, options: Options): Promise<void> {
  const container = await cli.container();
  const { items, total, next } = await container.orderSearch.search({
    ...(await placeOf(container, options)),
    email: options.email === undefined ? null : (Email.safeParse(options.email).data ?? options.email.trim()),
    reference: options.reference?.trim().toUpperCase() ?? null,
    state: options.state ?? null,
    limit: options.limit,
    after: options.after ?? null,
  });
  if (options.json) return cli.output.json({ ok: true, orders: items, total, next });
  if (total === 0) return cli.output.note("No such orders.");
  cli.output.table(items, [
    { head: "reference", of: ({ reference }) => reference },
    {
      head: "state",
      of: ({ state, reason }) => state.replace("_", " ") + (reason === null ? "" : ` (${reason})`),
    },
    { head: "made (UTC)", of: ({ createdAtMs }) => formatSortable(createdAtMs, "UTC") },
    { head: "fan", of: ({ email }) => email },
    { head: "tickets", of: (order) => order.items.length },
    { head: "total", of: ({ totalMinor, currency }) => formatMoney(totalMinor, currency), align: "right" },
  ]);
  if (next !== null)
    cli.output.note(
      `${countWords(items.length, total, ["order", "orders"])}; the next page: --after '${next}'`,
    );
}

async function placeOf(
  { services, layouts }: Container,
  { event: name, seat }: Options,
): Promise<{ eventId: EventId | null; seatNos: readonly number[] | null }> {
  if (name === undefined) {
    if (seat === undefined) return { eventId: null, seatNos: null };
    throw new CliError("seat_without_event");
  }
  const event = await services.events.require(name);
  const eventId = event.id;
  if (seat === undefined) return { eventId, seatNos: null };
  const layout = event.layoutId === null ? null : await layouts.find(event.layoutId);
  if (!layout) throw new CliError("event_without_seats");
  const found = findSeats(compileLayout(layout.document), seat);
  if (!found.ok) throw new CliError("no_such_seats", found.fault);
  return { eventId, seatNos: found.seatNos };
}

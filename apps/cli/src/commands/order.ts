import { OrderId } from "@onsale/core/shared/ids";
import type { OrderWithPayment } from "@onsale/core/order/order-store";
import { formatMoney } from "../format.ts";
import type { Command } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { addOrderListCommand } from "./order-list.ts";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean };

const time = (atMs: number) => `${formatSortable(atMs, "UTC")} UTC`;

export function addOrderCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "order", "Look into orders.");
  addOrderListCommand(group, cli);
  addCommand(group, {
    name: "show",
    about: "One order with its tickets and its payment.",
    examples: [
      ["order show K7QF-2M9P", "by the reference a fan reads on the phone"],
      ["order show 0d6e... --json", "by id, for a script"],
    ],
  })
    .argument("<order>", "reference or id")
    .action((key: string, options: Options) => show(cli, key, options));
  addCommand(group, {
    name: "retry",
    about: "Go on with an order that was parked, after somebody looked at what is wrong with it.",
    examples: [["order retry K7QF-2M9P", "the order and its error are what reconcile and order show tell"]],
  })
    .argument("<order>", "reference or id")
    .action((key: string, options: Options) => retry(cli, key, options));
}

async function requireOrder(cli: Cli, key: string): Promise<OrderWithPayment> {
  const { orders } = await cli.container();
  const id = OrderId.safeParse(key.trim());
  const found = id.success
    ? await orders.find(id.data)
    : await orders.findByReference(key.trim().toUpperCase());
  if (!found) throw new CliError("no_order", { order: key });
  return found;
}

async function show(cli: Cli, key: string, options: Options): Promise<void> {
  const { orders } = await cli.container();
  const found = await requireOrder(cli, key);
  const tickets = await orders.ticketsOf(found.order.id);
  const parked = await orders.parkedBecause(found.order.id);
  if (options.json) return cli.output.json({ ok: true, ...found, parked, tickets });
  print(cli, found, tickets.length);
  if (parked) {
    cli.output.line();
    cli.output.bad(`parked at "${parked.stage}" ${time(parked.atMs)}: ${parked.error}`);
    cli.output.note(`When that is mended: ticketctl order retry ${found.order.reference}`);
  }
}

async function retry(cli: Cli, key: string, options: Options): Promise<void> {
  const { services } = await cli.container();
  const { order } = await requireOrder(cli, key);
  const retried = await services.checkout.retry(ACTOR, order.id);
  if (options.json) return cli.output.json({ ok: true, retried });
  if (retried) cli.output.good(`${order.reference} is gone on with; see order show for how it ends`);
  else cli.output.note(`${order.reference} is not parked.`);
}

function print({ output }: Cli, { order, payment }: OrderWithPayment, tickets: number): void {
  const money = (minor: number) => formatMoney(minor, order.currency);
  output.line(output.strong(order.reference));
  output.pairs([
    ["id", order.id],
    ["state", order.state.replaceAll("_", " ") + (order.reason === null ? "" : ` (${order.reason})`)],
    ["event", order.eventId],
    ["fan", `${order.email} (${order.accountId})`],
    ["made", time(order.createdAtMs)],
    ["paid", order.paidAtMs === null ? "no" : time(order.paidAtMs)],
    ["payment", payment === null ? "none yet" : `${payment.state} at ${payment.provider}`],
    ["tickets issued", tickets],
    ["total", money(order.totalMinor)],
  ]);
  output.line();
  output.table(order.items, [
    { head: "section", of: (item) => item.place.section },
    { head: "row", of: (item) => item.place.row ?? "" },
    { head: "seat", of: (item) => item.place.seat ?? "" },
    { head: "ticket", of: (item) => item.ticketType },
    { head: "face", of: (item) => money(item.faceMinor), align: "right" },
  ]);
}

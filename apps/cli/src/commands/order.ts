import { OrderId } from "@onsale/core/shared/ids";
import type { OrderWithPayment } from "@onsale/core/order/order-store";
import { formatMoney } from "../format.ts";
import type { Command } from "commander";
import { addCommand, addGroup, type Cli } from "../cli.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { addOrderListCommand } from "./order-list.ts";
import { CliError } from "../cli-error.ts";

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
    .action(async (key: string, options: { json?: boolean }) => {
      const { orders } = await cli.container();
      const id = OrderId.safeParse(key.trim());
      const found = id.success
        ? await orders.find(id.data)
        : await orders.findByReference(key.trim().toUpperCase());
      if (!found) throw new CliError("no_order", { order: key });
      const tickets = await orders.ticketsOf(found.order.id);
      if (options.json) cli.output.json({ ok: true, ...found, tickets });
      else print(cli, found, tickets.length);
    });
}

function print({ output }: Cli, { order, payment }: OrderWithPayment, tickets: number): void {
  const money = (minor: number) => formatMoney(minor, order.currency);
  const time = (atMs: number) => `${formatSortable(atMs, "UTC")} UTC`;
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

import { system } from "@onsale/core/actor/actor";
import { ticketCount } from "@onsale/core/pricing/ticket-count";
import { AppError } from "@onsale/core/shared/errors";
import { HoldId } from "@onsale/core/shared/ids";
import { formatMoney } from "../format.ts";
import type { Command } from "commander";
import { addCommand, addGroup, type Cli } from "../cli.ts";
import { wholeNumber } from "../options.ts";
import { formatLeft, plural } from "../words.ts";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean };

export function addHoldCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "hold", "See what is held, and give it back.");
  addCommand(group, {
    name: "list",
    about: "Live holds of an event, those that end first on top.",
    examples: [["hold list night-of-strings-2027-03-05", "by slug or id of the event"]],
  })
    .argument("<event>", "slug or id")
    .option("--limit <n>", "at most this many", wholeNumber(1, 10_000), 100)
    .action((id: string, options: Options & { limit: number }) => list(cli, id, options));
  addCommand(group, {
    name: "release",
    about: "End a hold and free its places for everybody. A hold in checkout is left to the payment.",
    examples: [["hold release night-of-strings-2027-03-05 9b2e... --yes", "asks nothing with --yes"]],
  })
    .argument("<event>", "slug or id")
    .argument("<hold>", "id, as in hold list")
    .option("--yes", "really take it from the fan")
    .action((id: string, hold: string, options: Options & { yes?: boolean }) =>
      release(cli, { id, hold }, options),
    );
}

async function list(cli: Cli, id: string, options: Options & { limit: number }): Promise<void> {
  const { services, holds: store, clock } = await cli.container();
  const event = await services.events.require(id);
  const holds = await store.list(event.id, options.limit);
  if (options.json) {
    cli.output.json({ ok: true, event: { id: event.id, slug: event.slug }, holds });
    return;
  }
  if (holds.length === 0) {
    cli.output.note(`Nobody holds anything of ${event.title}.`);
    return;
  }
  const nowMs = clock.nowMs();
  cli.output.table(holds, [
    { head: "hold", of: (hold) => hold.id },
    { head: "fan", of: (hold) => hold.accountId },
    { head: "state", of: (hold) => hold.state },
    { head: "tickets", of: (hold) => ticketCount(hold.items) },
    { head: "total", of: (hold) => formatMoney(hold.totalMinor, event.currency), align: "right" },
    { head: "ends in", of: (hold) => formatLeft(hold.expiresAtMs - nowMs), align: "right" },
  ]);
}

async function release(
  cli: Cli,
  { id, hold }: { id: string; hold: string },
  options: Options & { yes?: boolean },
): Promise<void> {
  if (!options.yes) {
    throw new CliError("yes_hold");
  }
  const holdId = HoldId.safeParse(hold);
  if (!holdId.success) throw new CliError("not_a_hold", { text: hold });
  const { services, orders } = await cli.container();
  const event = await services.events.require(id);
  const { seats } = await services.holds
    .release(system("ticketctl"), { eventId: event.id, holdId: holdId.data })
    .catch(async (error: unknown) => {
      const isOrdered = (await orders.livingHolds([holdId.data])).length > 0;
      throw inOperatorsWords(error, isOrdered);
    });
  if (options.json) cli.output.json({ ok: true, released: seats });
  else cli.output.good(`${plural(seats, "seat")} given back`);
}

/** The catalogue speaks to the fan whose hold it is. */
function inOperatorsWords(error: unknown, isOrdered: boolean): unknown {
  if (!(error instanceof AppError)) return error;
  switch (error.code) {
    case "hold.not_found":
      return isOrdered ? new CliError("hold_ordered") : new CliError("hold_gone");
    case "hold.in_checkout":
      return new CliError("hold_in_checkout");
    case "inventory.rebuilding":
      return new CliError("stock_rebuilding");
    default:
      return error;
  }
}

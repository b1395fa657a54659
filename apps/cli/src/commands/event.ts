import type { EventSales } from "@onsale/core/order/sales-store";
import type { Container } from "@onsale/api/compose/container";
import { EventState } from "@onsale/core/event/event";
import { saleStatus } from "@onsale/core/event/sale-window";
import type { EventSummary } from "@onsale/core/event/event-store";
import { SEAT_STATE } from "@onsale/core/inventory/inventory";
import { formatMoney } from "../format.ts";
import type { EventId } from "@onsale/core/shared/ids";
import { countWords } from "@onsale/core/shared/page";
import { type Command, Option } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { wholeNumber } from "../options.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { addEventBlockCommands } from "./event-block.ts";
import { addEventEndCommands } from "./event-end.ts";

type Options = { readonly json?: boolean };

export function addEventCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "event", "See events and move them through their life.");
  addCommand(group, {
    name: "list",
    about: "Events in every state, newest first; what drills made only with --all.",
    examples: [
      ["event list", "a table"],
      ["event list --state on_sale --json", "for a script"],
    ],
  })
    .option("--all", "those of drills too")
    .addOption(new Option("--state <state>", "only those in this state").choices(EventState.options))
    .option("--limit <n>", "at most this many", wholeNumber(1, 1_000), 100)
    .option("--after <cursor>", "go on where the page before ended")
    .action((options: ListOptions) => list(cli, options));
  addCommand(group, {
    name: "show",
    about: "One event: when, where, its sale and what is sold, held and free right now.",
    examples: [["event show night-of-strings-2027-03-05", "by slug or id"]],
  })
    .argument("<event>", "slug or id")
    .action((id: string, options: Options) => show(cli, id, options));
  addMove(group, cli, {
    verb: "publish",
    about: "Make a complete draft public. With --on-sale, open its sale as well.",
    done: "is public",
  });
  addMove(group, cli, {
    verb: "pause",
    about: "Stop new holds at once. What is in checkout may finish.",
    done: "is paused",
  });
  addMove(group, cli, {
    verb: "resume",
    about: "Sell again after a pause, or open the sale of a published event.",
    done: "is on sale",
  });
  addEventEndCommands(group, cli);
  addEventBlockCommands(group, cli);
}

type Verb = "publish" | "pause" | "resume";
const TARGET = { publish: "published", pause: "paused", resume: "on_sale" } as const satisfies Record<
  Verb,
  EventState
>;

function addMove(
  group: Command,
  cli: Cli,
  { verb, about, done }: { verb: Verb; about: string; done: string },
): void {
  const command = addCommand(group, {
    name: verb,
    about,
    examples: [[`event ${verb} night-of-strings-2027-03-05`, "by slug or id"]],
  }).argument("<event>", "slug or id");
  if (verb === "publish") command.option("--on-sale", "open the sale as well");
  command.action(async (id: string, options: Options & { onSale?: boolean }) => {
    const { services } = await cli.container();
    let moved = await services.events.move(ACTOR, { idOrSlug: id, to: TARGET[verb] });
    if (options.onSale) moved = await services.events.move(ACTOR, { idOrSlug: moved.id, to: "on_sale" });
    const { slug, title, state } = moved;
    if (options.json) cli.output.json({ ok: true, event: { id: moved.id, slug, title, state } });
    else cli.output.good(`${title} ${options.onSale ? "is on sale" : done}`);
  });
}

type ListOptions = Options & {
  readonly state?: EventState;
  readonly limit: number;
  readonly all?: boolean;
  readonly after?: string;
};

async function list(cli: Cli, options: ListOptions): Promise<void> {
  const { events } = await cli.container();
  const { items, total, next } = await events.listEvents({
    after: options.after ?? null,
    limit: options.limit,
    drills: options.all === true,
    states: options.state && [options.state],
  });
  if (options.json) {
    cli.output.json({ ok: true, events: items, total, next });
    return;
  }
  if (total === 0) {
    cli.output.note(
      options.state === undefined
        ? "No events. `ticketctl seed --demo` makes some."
        : `No event is in state ${options.state.replace("_", " ")}.`,
    );
    return;
  }
  cli.output.table(items, [
    { head: "state", of: (event) => event.state.replace("_", " ") },
    { head: "starts", of: (event) => formatSortable(event.startsAtMs, event.timeZone) },
    { head: "event", of: (event) => event.title },
    { head: "venue", of: ({ venue }) => [venue.name, venue.city].filter((part) => part !== "").join(", ") },
    { head: "slug", of: (event) => event.slug },
  ]);
  if (next !== null)
    cli.output.note(
      `${countWords(items.length, total, ["event", "events"])}; the next page: --after '${next}'`,
    );
  if (!options.all) cli.output.note("Events of drills are left out; --all lists them too.");
}

async function show(cli: Cli, id: string, options: Options): Promise<void> {
  const container = await cli.container();
  const event = await container.services.events.require(id);
  const eventId = event.id;
  const [sales, stock] = await Promise.all([container.sales.read(eventId), stockOf(container, eventId)]);
  if (options.json) cli.output.json({ ok: true, event, sales, stock });
  else print(cli, event, { sales, stock, nowMs: container.clock.nowMs() });
}

type Stock = {
  readonly free: number;
  readonly held: number;
  readonly inCheckout: number;
  readonly sold: number;
  readonly blocked: number;
};

/** Seats and standing places by state, from the shard; null when the event has none. */
async function stockOf({ inventory }: Container, eventId: EventId): Promise<Stock | null> {
  const shard = await inventory.snapshot(eventId);
  if (!shard) return null;
  const count = [0, 0, 0, 0, 0];
  for (const state of shard.seats) count[state] = (count[state] ?? 0) + 1;
  const areas = { free: 0, held: 0, claimed: 0, sold: 0 };
  for (const area of shard.areas) {
    areas.free += area.capacity - area.held - area.claimed - area.sold;
    areas.held += area.held;
    areas.claimed += area.claimed;
    areas.sold += area.sold;
  }
  return {
    free: (count[SEAT_STATE.free] ?? 0) + areas.free,
    held: (count[SEAT_STATE.held] ?? 0) + areas.held,
    inCheckout: (count[SEAT_STATE.claimed] ?? 0) + areas.claimed,
    sold: (count[SEAT_STATE.sold] ?? 0) + areas.sold,
    blocked: count[SEAT_STATE.blocked] ?? 0,
  };
}

type Shown = {
  readonly sales: EventSales;
  readonly stock: Stock | null;
  readonly nowMs: number;
};

function print({ output }: Cli, event: EventSummary, { sales, stock, nowMs }: Shown): void {
  const status = saleStatus(event, nowMs);
  const opens =
    status.kind === "opens"
      ? `opens ${formatSortable(status.window.opensAtMs, event.timeZone)}`
      : status.kind;
  output.line(output.strong(event.title));
  output.pairs([
    ["id", event.id],
    ["slug", event.slug],
    ["state", event.state.replace("_", " ")],
    ["sale", status.kind === "closed" ? `closed (${status.why.replace("_", " ")})` : opens],
    ["starts", `${formatSortable(event.startsAtMs, event.timeZone)} ${event.timeZone}`],
    ["venue", [event.venue.name, event.venue.city].filter((part) => part !== "").join(", ")],
    ["prices", event.priceVersion === 0 ? "none yet" : `version ${event.priceVersion}, ${event.currency}`],
    ["capacity", sales.capacity],
    ["sold", sales.sold],
    ...(stock
      ? ([
          ["in checkout", stock.inCheckout],
          ["held", stock.held],
          ["free", stock.free],
          ["blocked", stock.blocked],
        ] as const)
      : []),
    ["orders", sales.orders],
    ["taken", formatMoney(sales.grossMinor, event.currency)],
  ]);
}

import { formatCsv } from "@onsale/core/shared/csv";
import { formatMoney } from "../format.ts";
import { Currency } from "@onsale/core/shared/money-schema";
import { countWords } from "@onsale/core/shared/page";
import type { ListedWait } from "@onsale/core/waitlist/waitlist-store";
import type { Command } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { writeText } from "../files.ts";
import { wholeNumber } from "../options.ts";
import { formatSortable } from "@onsale/core/shared/format";
import { plural } from "../words.ts";

type ShowOptions = { readonly json?: boolean; readonly limit: number };
type ExportOptions = { readonly json?: boolean; readonly output?: string };

const EVENT = "night-of-strings-2027-03-05";
const SHOWN = 50;

export function addWaitlistCommands(program: Command, cli: Cli): void {
  const group = addGroup(
    program,
    "waitlist",
    "Who waits for seats that come back, and what they were offered.",
  );
  addCommand(group, {
    name: "show",
    about: "The waitlist in the order in which fans are asked, and what became of those before.",
    examples: [[`waitlist show ${EVENT}`, "by slug or id of the event"]],
  })
    .argument("<event>", "slug or id")
    .option("--limit <n>", "at most this many fans", wholeNumber(1, 100_000), SHOWN)
    .action((id: string, options: ShowOptions) => show(cli, id, options));
  addCommand(group, {
    name: "export",
    about: "Everybody who waits or waited, as CSV, or as JSON with --json.",
    examples: [[`waitlist export ${EVENT} -o waitlist.csv`, "for a spreadsheet"]],
  })
    .argument("<event>", "slug or id")
    .option("-o, --output <file>", "write the CSV to a file")
    .action((id: string, options: ExportOptions) => exportList(cli, id, options));
}

async function show(cli: Cli, id: string, options: ShowOptions): Promise<void> {
  const { services } = await cli.container();
  const {
    event,
    counts,
    demand,
    entries: shown,
  } = await services.waitlist.list(ACTOR, id, { limit: options.limit });
  if (options.json) {
    cli.output.json({ ok: true, event: { id: event.id, slug: event.slug }, counts, demand, entries: shown });
    return;
  }
  if (shown.length === 0) {
    cli.output.note(`Nobody is on the waitlist of ${event.title}.`);
    return;
  }
  const currency = Currency.parse(event.currency);
  const time = (atMs: number) => formatSortable(atMs, event.timeZone);
  cli.output.table(shown, [
    { head: "fan", of: (row) => row.email },
    { head: "line", of: (row) => row.lineNumber ?? "-", align: "right" },
    { head: "joined", of: (row) => time(row.joinedAtMs) },
    { head: "state", of: (row) => row.ended ?? row.state },
    { head: "wants", of: (row) => wantsOf(row) },
    {
      head: "up to",
      of: (row) =>
        row.wishes.maxPriceMinor === null ? "any price" : formatMoney(row.wishes.maxPriceMinor, currency),
      align: "right",
    },
    { head: "offer until", of: (row) => (row.offer?.state === "open" ? time(row.offer.expiresAtMs) : "") },
  ]);
  const { waiting, ticketsWanted, offered, bought, declined, lapsed, left } = counts;
  const all = waiting + offered + bought + declined + lapsed + left;
  if (shown.length < all)
    cli.output.note(`${countWords(shown.length, all, ["fan", "fans"])}; see more with --limit.`);
  cli.output.note(
    `${plural(waiting, "fan")} waiting for ${plural(ticketsWanted, "ticket")}, ${offered} with an offer; ${bought} bought, ${declined} declined, ${lapsed} lapsed, ${left} left.`,
  );
}

function wantsOf({ wishes }: ListedWait): string {
  const { quantity, ticketType, together, categories, sections } = wishes;
  const where = [...categories, ...sections];
  return [
    `${quantity} ${ticketType}`,
    ...(quantity > 1 ? [together ? "together" : "may be apart"] : []),
    where.length === 0 ? "anywhere" : where.join(" "),
  ].join(", ");
}

async function exportList(cli: Cli, id: string, options: ExportOptions): Promise<void> {
  const { services } = await cli.container();
  const { event, counts, entries } = await services.waitlist.list(ACTOR, id);
  if (options.json) {
    cli.output.json({ ok: true, event: { id: event.id, slug: event.slug }, counts, entries });
    return;
  }
  const csv = formatCsv([HEAD, ...entries.map(csvRow)]);
  if (options.output === undefined) cli.output.line(csv.trimEnd());
  else {
    await writeText(options.output, csv);
    cli.output.good(`${plural(entries.length, "fan")} in ${options.output}`);
  }
}

const HEAD = [
  "email",
  "line_number",
  "joined",
  "state",
  "ended",
  "quantity",
  "ticket_type",
  "together",
  "price_levels",
  "sections",
  "max_price_minor",
  "offers",
];

function csvRow({ email, lineNumber, joinedAtMs, state, ended, wishes, offers }: ListedWait) {
  return [
    email,
    lineNumber ?? "",
    new Date(joinedAtMs).toISOString(),
    state,
    ended ?? "",
    wishes.quantity,
    wishes.ticketType,
    wishes.together ? "yes" : "no",
    wishes.categories.join(" "),
    wishes.sections.join(" "),
    wishes.maxPriceMinor ?? "",
    offers,
  ];
}

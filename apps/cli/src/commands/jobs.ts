import type { OpenJob } from "@onsale/core/outbox/job-store";
import { formatSortable } from "@onsale/core/shared/format";
import { countWords } from "@onsale/core/shared/page";
import type { Command } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { wholeNumber } from "../options.ts";
import { plural } from "../words.ts";

type Options = { readonly json?: boolean };
type ListOptions = Options & { readonly limit: number; readonly parked?: boolean };
type RetryOptions = Options & { readonly kind?: string };

const time = (atMs: number) => `${formatSortable(atMs, "UTC")} UTC`;

export function addJobCommands(program: Command, cli: Cli): void {
  const group = addGroup(
    program,
    "jobs",
    "Work that follows from what happened: mails, and money that goes back.",
  );
  addCommand(group, {
    name: "list",
    about: "Jobs that are not done, those that were given up first, each with its last error.",
    examples: [
      ["jobs list", "what is due, what waits for its next try, what was given up"],
      ["jobs list --parked", "only what is not tried again by itself"],
    ],
  })
    .option("--parked", "only those that were refused too often and are not tried again")
    .option("--limit <n>", "at most this many", wholeNumber(1, 1_000), 50)
    .action((options: ListOptions) => list(cli, options));
  addCommand(group, {
    name: "retry",
    about: "Try a job again now, or all of a kind that were given up or wait for their next try.",
    examples: [
      ["jobs retry 4711", "by the id that the list shows"],
      ["jobs retry --kind mail.order_paid", "after the mail server's fault was mended"],
    ],
  })
    .argument("[id]", "id of the job")
    .option("--kind <kind>", "all of this kind")
    .action((id: string | undefined, options: RetryOptions) => retry(cli, id, options));
}

async function list(cli: Cli, { limit, parked = false, json }: ListOptions): Promise<void> {
  const { services } = await cli.container();
  const { jobs, total } = await services.jobs.listOpen(ACTOR, { limit, parked });
  if (json) return cli.output.json({ ok: true, jobs, total });
  if (jobs.length === 0) return cli.output.note(parked ? "No job was given up." : "Every job is done.");
  cli.output.table(jobs, [
    { head: "id", of: ({ id }) => id, align: "right" },
    { head: "kind", of: ({ kind }) => kind },
    { head: "state", of: stateOf, tone: ({ parkedAtMs }) => (parkedAtMs === null ? "plain" : "bad") },
    { head: "tries", of: ({ attempts }) => attempts },
    { head: "last error", of: ({ error }) => error ?? "" },
  ]);
  if (jobs.length < total)
    cli.output.note(`${countWords(jobs.length, total, ["job", "jobs"])}; see more with --limit.`);
}

const stateOf = ({ parkedAtMs, dueAtMs }: OpenJob) =>
  parkedAtMs === null ? `due ${time(dueAtMs)}` : `given up ${time(parkedAtMs)}`;

/** Ids are what Postgres counts: more digits than this are none. */
const ID = /^[1-9]\d{0,17}$/;

async function retry(cli: Cli, id: string | undefined, { kind, json }: RetryOptions): Promise<void> {
  if ((id === undefined) === (kind === undefined)) throw new CliError("retry_what");
  if (id !== undefined && !ID.test(id)) throw new CliError("no_job", { id });
  const { services } = await cli.container();
  const count = await services.jobs.retry(ACTOR, id === undefined ? { kind: kind ?? "" } : { id });
  if (id !== undefined && count === 0) throw new CliError("no_job", { id });
  if (json) return cli.output.json({ ok: true, retried: count });
  if (count === 0) return cli.output.note(`No job of the kind "${kind ?? ""}" waits for another try.`);
  cli.output.good(`${plural(count, "job")} due now; a worker takes ${count === 1 ? "it" : "them"} at once`);
}

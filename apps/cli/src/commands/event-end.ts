import { type EventState, MoveReason } from "@onsale/core/event/event";
import type { Command } from "commander";
import { ACTOR, addCommand, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean; readonly yes?: boolean; readonly reason: string };
const EVENT = "night-of-strings-2027-03-05";

/** What cannot be taken back: nothing leads from a cancelled or ended event to another state. */
export function addEventEndCommands(group: Command, cli: Cli): void {
  addEnd(group, cli, {
    verb: "cancel",
    to: "cancelled",
    about: "Cancel an event for good: its sale stops, open orders end uncharged, holders are told by mail.",
    done: "is cancelled; its holders are told by mail",
    because: "the hall is flooded",
    kept: "told to everybody who has a ticket, and kept in the audit trail",
  });
  addEnd(group, cli, {
    verb: "end",
    to: "ended",
    about:
      "End an event for good, before it ends by itself: nothing is sold any more, tickets stay as they are.",
    done: "is over",
    because: "the last night was played",
    kept: "kept in the audit trail",
  });
}

type End = {
  readonly verb: "cancel" | "end";
  readonly to: EventState;
  readonly about: string;
  readonly done: string;
  readonly because: string;
  /** What becomes of the reason. */
  readonly kept: string;
};

function addEnd(group: Command, cli: Cli, { verb, to, about, done, because, kept }: End): void {
  addCommand(group, {
    name: verb,
    about,
    examples: [[`event ${verb} ${EVENT} --reason "${because}" --yes`, "by slug or id"]],
  })
    .argument("<event>", "slug or id")
    .requiredOption("--reason <words>", kept)
    .option("--yes", "it is meant")
    .action(async (id: string, options: Options) => {
      const { services } = await cli.container();
      const { title } = await services.events.require(id);
      if (!options.yes) throw new CliError("yes_event", { title, to: verb });
      const reason = reasonOf(options.reason);
      const moved = await services.events.move(ACTOR, { idOrSlug: id, to, reason });
      const event = { id: moved.id, slug: moved.slug, title, state: moved.state };
      if (options.json) cli.output.json({ ok: true, event });
      else cli.output.good(`${title} ${done}`);
    });
}

const REASON_CHARS_MAX = 200;

export function reasonOf(text: string): string {
  const reason = MoveReason.safeParse(text);
  if (reason.success) return reason.data;
  throw new CliError("bad_reason", { max: REASON_CHARS_MAX });
}

import { findSeats } from "@onsale/core/layout/find-seats";
import type { SeatPlan } from "@onsale/core/layout/seat-plan";
import type { Command } from "commander";
import { ACTOR, addCommand, type Cli } from "../cli.ts";
import { plural } from "../words.ts";
import { reasonOf } from "./event-end.ts";
import { CliError } from "../cli-error.ts";
import { placeOfSeat, planOf } from "../event-places.ts";

type Options = { readonly json?: boolean; readonly seats: readonly string[]; readonly reason: string };
const EVENT = "night-of-strings-2027-03-05";
/** As many as one transaction takes. */
const SEATS_MAX = 5_000;

export function addEventBlockCommands(group: Command, cli: Cli): void {
  for (const verb of ["block", "unblock"] as const)
    addCommand(group, {
      name: verb,
      about:
        verb === "block"
          ? "Keep seats from being sold. Seats that somebody has are left to them and named."
          : "Sell blocked seats again.",
      examples: [
        [`event ${verb} ${EVENT} --seats "Floor, 3, 7-12" --reason "camera"`, "section, row, seats"],
        [`event ${verb} ${EVENT} --seats "Floor, 3" --seats "Floor, 4" --reason "camera"`, "whole rows"],
      ],
    })
      .argument("<event>", "slug or id")
      .requiredOption("--seats <places>", "section, row, seats; may be said again", collect)
      .requiredOption("--reason <words>", "kept in the audit trail")
      .action((id: string, options: Options) =>
        setBlocked(cli, id, { ...options, blocked: verb === "block" }),
      );
}

const collect = (text: string, before: readonly string[] = []) => [...before, text];

async function setBlocked(
  cli: Cli,
  id: string,
  { blocked, seats, reason, json }: Options & { blocked: boolean },
): Promise<void> {
  const container = await cli.container();
  const event = await container.services.events.require(id);
  const plan = await planOf(container, event.layoutId);
  if (!plan) throw new CliError("event_without_seats");
  const seatNos = seatsNamed(plan, seats);
  const { changed, refused } = await container.services.events.setBlocked(ACTOR, {
    eventId: event.id,
    seatNos,
    blocked,
    reason: reasonOf(reason),
  });
  const taken = refused.map((seatNo) => placeOfSeat(plan, seatNo));
  if (refused.length > 0) cli.exitCode = TAKEN;
  if (json) return cli.output.json({ ok: refused.length === 0, changed, refused: taken });
  const done = blocked ? "kept by the organizer" : "for sale again";
  if (changed > 0) cli.output.good(`${event.title}: ${plural(changed, "seat")} ${done}`);
  if (taken.length > 0)
    cli.output.fail(`${plural(taken.length, "seat")} left as it was, somebody has it: ${taken.join("; ")}`);
}

/** "conflict": somebody was faster. */
const TAKEN = 4;

function seatsNamed(plan: SeatPlan, places: readonly string[]): number[] {
  const seatNos = new Set<number>();
  for (const place of places) {
    const found = findSeats(plan, place);
    if (!found.ok) throw new CliError("no_such_seats", found.fault);
    for (const seatNo of found.seatNos) seatNos.add(seatNo);
  }
  if (seatNos.size <= SEATS_MAX) return [...seatNos];
  throw new CliError("too_many_seats", { count: seatNos.size, max: SEATS_MAX });
}

import type { Command } from "commander";
import { addCommand, addGroup, type Cli } from "../cli.ts";

export function addVenueCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "venue", "See the venues of this house.");
  addCommand(group, {
    name: "list",
    about: "All venues by name, with the ids that --venue takes; without the hall of drills.",
    examples: [["venue list", "a table"]],
  }).action(async ({ json }: { json?: boolean }) => {
    const { events } = await cli.container();
    const venues = await events.listVenues();
    if (json) return cli.output.json({ ok: true, venues });
    if (venues.length === 0) return cli.output.note("No venues. Imports of events and the portal make them.");
    cli.output.table(venues, [
      { head: "venue", of: ({ name }) => name },
      { head: "city", of: ({ city }) => city },
      { head: "country", of: ({ country }) => country },
      { head: "time zone", of: ({ timeZone }) => timeZone },
      { head: "id", of: ({ id }) => id },
    ]);
  });
}

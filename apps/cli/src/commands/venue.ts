import { schemaFaults } from "@onsale/core/shared/schema-faults";
import { VenueAddress } from "@onsale/core/venue/venue";
import type { Command } from "commander";
import { ACTOR, addCommand, addGroup, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";

type Options = { readonly json?: boolean };

export function addVenueCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "venue", "See all venues, and say where they are.");
  addCommand(group, {
    name: "list",
    about: "All venues by name, with the ids that --venue takes; without the hall of drills.",
    examples: [["venue list", "a table"]],
  }).action(async ({ json }: Options) => {
    const venues = await (await cli.container()).venues.list(null);
    if (json) return cli.output.json({ ok: true, venues });
    if (venues.length === 0) return cli.output.note("No venues. Imports of events and the portal make them.");
    cli.output.table(venues, [
      { head: "venue", of: ({ name }) => name },
      { head: "address", of: ({ address }) => address },
      { head: "city", of: ({ city }) => city },
      { head: "country", of: ({ country }) => country },
      { head: "time zone", of: ({ timeZone }) => timeZone },
      { head: "id", of: ({ id }) => id },
    ]);
  });
  addCommand(group, {
    name: "address",
    about:
      "Say where a venue is: street and postcode in one line; tickets, mails and the event's page show it.",
    examples: [
      ['venue address 4f1c... "Lindenhof 4, 8001"', "the city stands beside it already"],
      ['venue address 4f1c... ""', "take it away"],
    ],
  })
    .argument("<venue>", "id")
    .argument("<address>", "street and postcode")
    .action((id: string, address: string, options: Options) => setAddress(cli, { id, address }, options));
}

async function setAddress(cli: Cli, said: { id: string; address: string }, { json }: Options): Promise<void> {
  const address = VenueAddress.safeParse(said.address);
  if (!address.success) throw new CliError("not_an_address", { faults: schemaFaults(address.error.issues) });
  const { venues, services } = await cli.container();
  const venue = (await venues.list(null)).find(({ id }) => id === said.id.toLowerCase());
  if (!venue) {
    throw new CliError("not_a_venue", { text: said.id });
  }
  const change = { venueId: venue.id, before: venue.address, address: address.data };
  await services.venues.setAddress(ACTOR, { ...change });
  if (json) cli.output.json({ ok: true, before: venue.address, address: address.data });
  else
    cli.output.good(
      address.data === "" ? `${venue.name} has no address` : `${venue.name} is at ${address.data}`,
    );
}

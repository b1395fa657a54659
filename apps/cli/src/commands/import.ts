import type { Command } from "commander";
import { addGroup, type Cli } from "../cli.ts";
import { addImportEvents } from "./import-events.ts";
import { addImportLayout } from "./import-layout.ts";

export function addImportCommands(program: Command, cli: Cli): void {
  const group = addGroup(program, "import", "Bring in layouts and events from files of other systems.");
  addImportLayout(group, cli);
  addImportEvents(group, cli);
}

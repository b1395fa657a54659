import type { EventFile, EventFileOptions } from "@onsale/core/event/import-event";
import { parseEventFile } from "@onsale/providers/event-files/parse-event-file";

/** Files of events from other systems. Needs no service, so that a dry run works on a machine that has none. */
export function readEventFile(text: string, options: EventFileOptions): EventFile {
  return parseEventFile(text, options);
}

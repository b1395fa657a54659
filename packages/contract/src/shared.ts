import { EventId } from "@onsale/core/shared/ids";
import { z } from "zod";

export const OneEvent = z.strictObject({ eventId: EventId });

/** The answer of what either happens or is refused. */
export const Done = z.object({ done: z.literal(true) });
export const Nothing = z.object({});

/** A word or two of what a list is narrowed by. */
export const FILTER_CHARACTERS_MAX = 100;

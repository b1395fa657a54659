import { z } from "zod";
import { OneEvent } from "./shared.ts";

/** Changes after `lastEventId`, which a snapshot or an earlier message named. */
export const DeltasAsk = OneEvent.extend({
  lastEventId: z
    .string()
    .regex(/^\d{1,20}-\d{1,20}$/)
    .nullish(),
});

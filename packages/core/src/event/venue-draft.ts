import { z } from "zod";
import { humanText } from "../shared/human-text.ts";
import { TimeZone } from "./event.ts";

/** A venue as people enter it. */
export const VenueDraft = z.strictObject({
  name: humanText({ max: 120 }),
  city: humanText({ min: 0, max: 120 }),
  country: humanText({ min: 0, max: 80 }),
  timeZone: TimeZone,
});
export type VenueDraft = z.infer<typeof VenueDraft>;

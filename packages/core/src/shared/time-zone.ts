import { z } from "zod";
import { rule } from "./schema-rule.ts";

/** An IANA zone that this runtime knows ("Europe/Zurich"). */
export const TimeZone = z.string().min(1).max(64).refine(isTimeZone, rule("time_zone"));
function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

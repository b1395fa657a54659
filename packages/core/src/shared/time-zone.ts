import { z } from "zod";

/** An IANA zone that this runtime knows ("Europe/Zurich"). */
export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, "There is no such time zone. Choose one of the list, such as Europe/Zurich.");
function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

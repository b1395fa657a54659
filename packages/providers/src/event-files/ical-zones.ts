import { TimeZone } from "@onsale/core/event/event";

/** "Europe/London", also out of "/mozilla.org/20050126_1/Europe/London" and Outlook's "GMT Standard Time". */
export function ianaZoneOf(tzid: string): string | undefined {
  const name = tzid.trim().replaceAll(/^"|"$/g, "");
  if (name === "") return undefined;
  const parts = name.split("/").filter((part) => part !== "");
  for (const candidate of [
    name,
    parts.slice(-2).join("/"),
    parts.slice(-3).join("/"),
    WINDOWS_ZONES.get(name.toLowerCase()),
  ]) {
    if (candidate !== undefined && candidate !== "" && TimeZone.safeParse(candidate).success)
      return candidate;
  }
  return undefined;
}

/** The zones of Outlook that calendars of venues come with (Unicode CLDR, windowsZones.xml, territory 001). */
const WINDOWS_ZONES = new Map(
  Object.entries({
    "gmt standard time": "Europe/London",
    "w. europe standard time": "Europe/Berlin",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "romance standard time": "Europe/Paris",
    "gtb standard time": "Europe/Bucharest",
    "fle standard time": "Europe/Kiev",
    "turkey standard time": "Europe/Istanbul",
    "russian standard time": "Europe/Moscow",
    "israel standard time": "Asia/Jerusalem",
    "arabian standard time": "Asia/Dubai",
    "india standard time": "Asia/Calcutta",
    "singapore standard time": "Asia/Singapore",
    "china standard time": "Asia/Shanghai",
    "taipei standard time": "Asia/Taipei",
    "tokyo standard time": "Asia/Tokyo",
    "korea standard time": "Asia/Seoul",
    "aus eastern standard time": "Australia/Sydney",
    "e. australia standard time": "Australia/Brisbane",
    "new zealand standard time": "Pacific/Auckland",
    "south africa standard time": "Africa/Johannesburg",
    "e. south america standard time": "America/Sao_Paulo",
    "argentina standard time": "America/Buenos_Aires",
    "atlantic standard time": "America/Halifax",
    "eastern standard time": "America/New_York",
    "central standard time": "America/Chicago",
    "mountain standard time": "America/Denver",
    "us mountain standard time": "America/Phoenix",
    "pacific standard time": "America/Los_Angeles",
    utc: "UTC",
  }),
);

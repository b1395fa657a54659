/**
 * The one zone of a place, by the last part of "Vail, CO" or "Seoul, KOREA" or by the country; for files that name
 * places and no zones. Places with several zones are not here: a guess there would be an hour wrong.
 */
export function placeTimeZone(city: string, country: string): string | undefined {
  const parts = city.split(",").map((part) => part.trim());
  const last = parts.length > 1 ? (parts.at(-1) ?? "") : "";
  const american = /^(?:us|usa|united states(?: of america)?)?$/i.test(country.trim());
  return (
    (american && last !== "" ? ZONE_BY_US_STATE.get(last.toUpperCase()) : undefined) ??
    ZONE_BY_COUNTRY.get(last.toLowerCase()) ??
    ZONE_BY_COUNTRY.get(country.trim().toLowerCase())
  );
}

/** States that lie in one zone as a whole. */
const ZONE_BY_US_STATE = new Map<string, string>(
  Object.entries({
    "America/New_York": "CT DE DC GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL LA MN MO MS OK WI",
    "America/Denver": "CO MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV WA",
    "Pacific/Honolulu": "HI",
  }).flatMap(([zone, states]) => states.split(" ").map((state) => [state, zone] as const)),
);

const ZONE_BY_COUNTRY = new Map<string, string>(
  Object.entries({
    "Europe/London": ["gb", "uk", "united kingdom", "great britain", "england", "scotland", "wales"],
    "Europe/Dublin": ["ie", "ireland"],
    "Europe/Paris": ["fr", "france"],
    "Europe/Berlin": ["de", "germany", "deutschland"],
    "Europe/Zurich": ["ch", "switzerland", "schweiz", "suisse"],
    "Europe/Vienna": ["at", "austria", "österreich"],
    "Europe/Rome": ["it", "italy", "italia"],
    "Europe/Amsterdam": ["nl", "netherlands", "the netherlands"],
    "Europe/Brussels": ["be", "belgium"],
    "Europe/Luxembourg": ["lu", "luxembourg"],
    "Europe/Copenhagen": ["dk", "denmark"],
    "Europe/Stockholm": ["se", "sweden"],
    "Europe/Oslo": ["no", "norway"],
    "Europe/Helsinki": ["fi", "finland"],
    "Europe/Warsaw": ["pl", "poland"],
    "Europe/Prague": ["cz", "czechia", "czech republic"],
    "Europe/Budapest": ["hu", "hungary"],
    "Europe/Athens": ["gr", "greece"],
    "Europe/Istanbul": ["tr", "turkey", "türkiye"],
    "Europe/Kyiv": ["ua", "ukraine"],
    "Asia/Tokyo": ["jp", "japan"],
    "Asia/Seoul": ["kr", "korea", "south korea", "republic of korea"],
    // Officially one zone, whatever part of the country.
    "Asia/Shanghai": ["cn", "china"],
    "Asia/Hong_Kong": ["hk", "hong kong"],
    "Asia/Taipei": ["tw", "taiwan"],
    "Asia/Singapore": ["sg", "singapore"],
    "Asia/Kolkata": ["in", "india"],
    "Asia/Bangkok": ["th", "thailand"],
    "Asia/Manila": ["ph", "philippines"],
    "Asia/Dubai": ["ae", "united arab emirates"],
    "Asia/Jerusalem": ["il", "israel"],
    "Africa/Johannesburg": ["za", "south africa"],
    "Africa/Cairo": ["eg", "egypt"],
    "Africa/Lagos": ["ng", "nigeria"],
    "Africa/Nairobi": ["ke", "kenya"],
    "America/Argentina/Buenos_Aires": ["ar", "argentina"],
    "America/Bogota": ["co", "colombia"],
    "America/Lima": ["pe", "peru"],
  }).flatMap(([zone, names]) => names.map((name) => [name, zone] as const)),
);

import type { ImportedEvent } from "@onsale/core/event/import-event";
import {
  asList,
  asNumber,
  asRecord,
  asText,
  isRecord,
  type Json,
} from "@onsale/core/layout/import/read-json";
import { parseMoney } from "@onsale/core/shared/money";
import { Currency } from "@onsale/core/shared/money-schema";
import {
  cut,
  type DraftWindow,
  type EventReading,
  type Note,
  notesAt,
  readInstant,
  readWallClock,
  type Report,
  type When,
} from "./event-draft.ts";

/**
 * Events of the Ticketmaster Discovery API, version 2: an answer of /events.json, a list of events, or one event.
 * https://developer.ticketmaster.com/products-and-docs/apis/discovery-api/v2/
 */
export function isTicketmaster(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every(isDiscoveryEvent);
  if (!isRecord(value)) return false;
  const { _embedded, page, _links } = value;
  if (isRecord(_embedded)) return Array.isArray(_embedded["events"]) || isDiscoveryEvent(value);
  return isDiscoveryEvent(value) || (isRecord(page) && isRecord(_links));
}

function isDiscoveryEvent(value: unknown): boolean {
  return isRecord(value) && isRecord(value["dates"]) && typeof value["name"] === "string";
}

export function readTicketmaster(
  value: unknown,
  report: Report,
): { found: number; readings: EventReading[] } {
  const { list, base } = eventsOf(value);
  const readings = list.flatMap((item, index) => readEvent(item, `${base}[${index}]`, report) ?? []);
  return { found: list.length, readings };
}

function eventsOf(value: unknown): { list: readonly unknown[]; base: string } {
  if (Array.isArray(value)) return { list: value, base: "" };
  const embedded = asRecord(asRecord(value)["_embedded"])["events"];
  if (Array.isArray(embedded)) return { list: embedded, base: "_embedded.events" };
  return isDiscoveryEvent(value) ? { list: [value], base: "" } : { list: [], base: "" };
}

function readEvent(item: unknown, path: string, report: Report): EventReading | null {
  const { fault, odd } = notesAt(report, path);
  if (!isRecord(item)) {
    fault("event.not_an_object", { expected: "event" });
    return null;
  }
  const title = asText(item["name"]);
  const dates = asRecord(item["dates"]);
  const status = asText(asRecord(dates["status"])["code"]);
  if (item["test"] === true) {
    odd("event.test", { title });
    return null;
  }
  if (["cancelled", "canceled", "postponed"].includes(status)) {
    odd("event.not_happening", { title, state: status === "postponed" ? "postponed" : "cancelled" });
    return null;
  }
  const venue = asRecord(asList(asRecord(item["_embedded"])["venues"])[0]);
  const country = asRecord(venue["country"]);
  const money = priceOf(item, title, odd);
  return {
    path,
    sourceId: asText(item["id"]),
    ...(asText(item["id"]) === ""
      ? {}
      : { feed: { uid: `ticketmaster:${asText(item["id"])}`.slice(0, 500), sequence: 0 } }),
    title,
    subtitle: "",
    description: [asText(item["description"]), asText(item["info"]), asText(item["pleaseNote"])]
      .filter((text) => text !== "")
      .join("\n\n"),
    genre: genreOf(item),
    venue: {
      name: asText(venue["name"]),
      address: addressOf(venue),
      city: asText(asRecord(venue["city"])["name"]),
      country: asText(country["countryCode"]) || asText(country["name"]),
    },
    timeZone: asText(dates["timezone"]),
    venueTimeZone: asText(venue["timezone"]),
    currency: money?.currency ?? null,
    doors: readInstant(asText(asRecord(item["doorsTimes"])["dateTime"])),
    starts: startOf(asRecord(dates["start"]), title, fault),
    ends: readPoint(asRecord(dates["end"])),
    windows: windowsOf(asRecord(item["sales"])),
    priceRange: money?.range ?? null,
  };
}

function addressOf(venue: Json): string {
  const address = asRecord(venue["address"]);
  return [asText(address["line1"]), asText(address["line2"]), asText(venue["postalCode"])]
    .filter((part) => part !== "")
    .join(", ");
}

function startOf(start: Json, title: string, fault: Note): When | null {
  if (start["dateTBD"] === true || start["dateTBA"] === true) {
    fault("event.date_unknown", { title });
    return null;
  }
  if (start["timeTBA"] === true || start["noSpecificTime"] === true) {
    fault("event.time_unknown", { title, date: asText(start["localDate"]) });
    return null;
  }
  const when = readPoint(start);
  if (!when && (start["localDate"] !== undefined || start["dateTime"] !== undefined)) {
    const said =
      asText(start["dateTime"]) || `${asText(start["localDate"])} ${asText(start["localTime"])}`.trim();
    fault("event.bad_start", { title, said: cut(said, 60) });
  }
  return when;
}

/** `dateTime` is the instant; `localDate` with `localTime` the same on the venue's clock, and needs its zone. */
function readPoint(point: Json): When | null {
  return (
    readInstant(asText(point["dateTime"])) ??
    readWallClock(asText(point["localDate"]), asText(point["localTime"]))
  );
}

function windowsOf(sales: Json): DraftWindow[] {
  const windows: DraftWindow[] = asList(sales["presales"]).map((item) => {
    const presale = asRecord(item);
    return {
      kind: "presale",
      label: asText(presale["name"]),
      opens: readInstant(asText(presale["startDateTime"])),
      closes: readInstant(asText(presale["endDateTime"])),
    };
  });
  const open = asRecord(sales["public"]);
  const known = open["startTBD"] !== true && open["startTBA"] !== true;
  windows.push({
    kind: "public",
    label: "",
    opens: known ? readInstant(asText(open["startDateTime"])) : null,
    closes: readInstant(asText(open["endDateTime"])),
  });
  return windows;
}

/** The most exact name that says something; "Undefined" and "Other" do not. */
function genreOf(item: Json): string {
  const all = asList(item["classifications"]).map(asRecord);
  const main = all.find((classification) => classification["primary"] === true) ?? all[0] ?? {};
  for (const field of ["genre", "segment"]) {
    const name = asText(asRecord(main[field])["name"]);
    if (name !== "" && !/^(?:undefined|other|miscellaneous)$/i.test(name)) return name;
  }
  return "";
}

function priceOf(
  item: Json,
  title: string,
  odd: Note,
): { currency: string; range: ImportedEvent["priceRange"] } | null {
  const ranges = asList(item["priceRanges"]).map(asRecord);
  const range = ranges.find((one) => asText(one["type"]) === "standard") ?? ranges[0];
  if (!range) return null;
  const currency = Currency.safeParse(asText(range["currency"]));
  if (!currency.success) {
    odd("price.bad_currency", { title });
    return null;
  }
  const minMinor = parseMoney(String(asNumber(range["min"])), currency.data);
  const maxMinor = parseMoney(String(asNumber(range["max"])), currency.data);
  if (minMinor === null || maxMinor === null || minMinor < 0 || minMinor > maxMinor) {
    odd("price.bad_range", { title });
    return { currency: currency.data, range: null };
  }
  return { currency: currency.data, range: { minMinor, maxMinor } };
}

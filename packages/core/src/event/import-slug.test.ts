import { expect, test } from "vitest";
import { EventDraft } from "./event.ts";
import type { ImportedEvent } from "./import-event.ts";
import { eventSlugs } from "./import-slug.ts";

const event = (title: string, startsAtMs: number, venue = "Grosse Halle"): ImportedEvent => ({
  path: "",
  sourceId: "",
  feed: null,
  title,
  subtitle: "",
  description: "",
  genre: "",
  venue: { name: venue, address: "", city: "", country: "" },
  timeZone: "Europe/Zurich",
  currency: null,
  doorsAtMs: null,
  startsAtMs,
  endsAtMs: null,
  saleWindows: [],
  priceRange: null,
});
const EVENING = Date.UTC(2027, 2, 5, 19);
const NIGHT = Date.UTC(2027, 2, 5, 23, 30);

/** As an import does: each event takes its first address that is free. */
function named(events: readonly ImportedEvent[]): string[] {
  const taken = new Set<string>();
  return events.map((one) => {
    for (const slug of eventSlugs(one, (text) => text.replace("東京", "Dong Jing "))) {
      if (taken.has(slug)) continue;
      taken.add(slug);
      return slug;
    }
    return "";
  });
}

test("the day is that of the venue's clock, and more is said only where it is needed", () => {
  expect(
    named([
      event("Strings", EVENING),
      event("Strings", NIGHT),
      event("Strings", EVENING, "Kleine Halle"),
      event("Strings", EVENING, "Kleine Bar"),
      event("Strings", EVENING, "Kleine Bar"),
      event("東京", EVENING),
      event("🎷", EVENING),
    ]),
  ).toEqual([
    "strings-2027-03-05",
    "strings-2027-03-06",
    "strings-2027-03-05-2000",
    "strings-2027-03-05-2000-kleine-bar",
    "strings-2027-03-05-2000-2",
    "dong-jing-2027-03-05",
    "event-1f3b7-2027-03-05",
  ]);
});

test("the longest title still makes a slug that an event may have, once", () => {
  const names = named(Array.from({ length: 30 }, () => event("Wort ".repeat(60), EVENING, "x".repeat(200))));
  expect(new Set(names).size).toBe(30);
  expect(names.filter((name) => !EventDraft.shape.slug.safeParse(name).success)).toEqual([]);
});

import type { AdminEvent } from "@onsale/contract/admin-event";
import { DEFAULT_LOCALE } from "@onsale/core/shared/locale";
import { draftOf, EventDraft } from "@onsale/core/event/event";
import { HOLD_TTL_MS_MAX } from "@onsale/core/event/hold-limits";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formOf, readDraft } from "./event-draft-form.ts";

const venueId = "33333333-3333-4333-8333-333333333333";
const filled = {
  ...formOf(null, { venueId, timeZone: "Europe/Zurich", currency: "EUR" }),
  title: "Night Trains",
  slug: "night-trains",
  startsAt: "2027-07-01T20:00",
};
const faultsOf = (patch: Partial<typeof filled>) => {
  const read = readDraft({ ...filled, ...patch }, DEFAULT_LOCALE);
  return "faults" in read ? read.faults : {};
};
const blank = { kind: "public" as const, label: "", opensAt: "", closesAt: "", key: "", allotment: "" };

test("a filled form is a draft with the venue's times", () => {
  const read = readDraft(filled, DEFAULT_LOCALE);
  expect(read).toMatchObject({
    draft: { startsAtMs: Date.UTC(2027, 6, 1, 18), layoutId: null, holdTtlMs: 300_000, salesEndAtMs: null },
  });
});

const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2060, 0, 1) }),
  fc.integer({ min: Date.UTC(2026, 9, 24, 23), max: Date.UTC(2026, 9, 25, 3) }),
);

test("a form that nobody touched saves what was there, to the millisecond and in either of two equal hours", () => {
  const times = fc.record({
    startsAtMs: instant,
    doorsMs: fc.integer({ min: 0, max: 7_200_000 }),
    lengthMs: fc.option(fc.integer({ min: 1, max: 400_000_000 })),
    opensAtMs: instant,
    openMs: fc.integer({ min: 1, max: 900_000_000 }),
    timeZone: fc.constantFrom("Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "UTC"),
  });
  fc.assert(
    fc.property(times, ({ startsAtMs, doorsMs, lengthMs, opensAtMs, openMs, timeZone }) => {
      const before = EventDraft.parse({
        slug: "night-trains",
        title: "Night Trains",
        description: "Doors\nShow",
        venueId,
        layoutId: null,
        timeZone,
        currency: "EUR",
        doorsAtMs: startsAtMs - doorsMs,
        startsAtMs,
        endsAtMs: lengthMs === null ? null : startsAtMs + lengthMs,
        salesEndAtMs: startsAtMs - 1,
        saleWindows: [{ kind: "public", label: "Sale", opensAtMs, closesAtMs: opensAtMs + openMs }],
      });
      const event = { ...before, venue: { id: venueId } } as unknown as AdminEvent;
      const read = readDraft(formOf(event, { venueId, timeZone, currency: "" }), DEFAULT_LOCALE);
      expect(read).toEqual({ draft: draftOf(before) });
    }),
    { numRuns: 500 },
  );
});

test("what is missing is named at its field, of each sale window by itself", () => {
  const good = { ...blank, label: "Sale", opensAt: "2027-01-01T10:00", closesAt: "2027-01-02T10:00" };
  expect(faultsOf({ title: "", startsAt: "", windows: [good, blank] })).toEqual({
    title: "An event needs a title.",
    startsAtMs: "When does it start?",
    "saleWindows.1.label": "A sale window needs a name.",
    "saleWindows.1.opensAtMs": "When does it open?",
    "saleWindows.1.closesAtMs": "When does it close?",
  });
  expect(faultsOf({ windows: [{ ...good, closesAt: "2026-12-31T10:00" }] })).toEqual({
    "saleWindows.0.closesAtMs": "A sale window must open before it closes.",
  });
});

const tooLong = (max: string, has: string) => `At most ${max} characters; this has ${has}.`;
test.each([
  ["title", { title: "x".repeat(400) }, tooLong("200", "400")],
  ["title", { title: "x".repeat(4_000) }, tooLong("200", "4,000")],
  ["title", { title: "  " }, "An event needs a title."],
  ["slug", { slug: "" }, "An event needs a short name for its address."],
  ["slug", { slug: "Night Trains" }, "Use small letters, digits and single hyphens."],
  ["slug", { slug: "x".repeat(101) }, tooLong("100", "101")],
  ["subtitle", { subtitle: "x".repeat(201) }, tooLong("200", "201")],
  ["genre", { genre: "x".repeat(61) }, tooLong("60", "61")],
  ["description", { description: "x".repeat(10_001) }, tooLong("10,000", "10,001")],
  ["venueId", { venueId: "" }, "Choose a venue."],
  ["timeZone", { timeZone: "" }, "Choose the zone of the venue's clock."],
  [
    "timeZone",
    { timeZone: "Mars/Olympus" },
    "There is no such time zone. Choose one of the list, such as Europe/Zurich.",
  ],
  ["currency", { currency: "Euro" }, "Three letters, such as EUR."],
  ["currency", { currency: "" }, "Choose a currency."],
  ["currency", { currency: "ZZZ" }, "There is no such currency. Choose one of ISO 4217, such as EUR."],
  ["holdTtlMs", { holdMinutes: "61" }, `From 1 to ${HOLD_TTL_MS_MAX / 60_000} minutes.`],
  ["holdTtlMs", { holdMinutes: "" }, `From 1 to ${HOLD_TTL_MS_MAX / 60_000} minutes.`],
  ["maxPerFan", { maxPerFan: "0" }, "A whole number from 1 to 50."],
  ["maxPerFan", { maxPerFan: "2.5" }, "A whole number from 1 to 50."],
  ["doorsAtMs", { doorsAt: "2027-07-01T21:00" }, "The doors open after the start."],
  ["endsAtMs", { endsAt: "2027-07-01T19:00" }, "The end is not after the start."],
  [
    "salesEndAtMs",
    { endsAt: "2027-07-01T23:00", salesEndAt: "2027-07-02T00:00" },
    "The online sale ends after the event.",
  ],
  ["saleWindows", { windows: Array.from({ length: 21 }, () => blank) }, "At most 20 of them."],
])("each limit has its own words: %s %j", (field, patch, words) => {
  expect(faultsOf(patch)[field]).toBe(words);
});

test("a zone that is none is the only fault of a form whose times are fine", () => {
  expect(Object.keys(faultsOf({ timeZone: "Mars/Olympus" }))).toEqual(["timeZone"]);
});

const presale = {
  kind: "presale" as const,
  label: "Fan Club",
  opensAt: "2027-06-01T10:00",
  closesAt: "2027-06-02T10:00",
  key: "",
  allotment: "300",
};

test("a presale without a key gets one from its name, and keeps it when it is renamed", () => {
  const read = readDraft({ ...filled, windows: [presale] }, DEFAULT_LOCALE);
  expect(read).toMatchObject({ draft: { saleWindows: [{ key: "fan-club", allotment: 300 }] } });
  const renamed = readDraft(
    { ...filled, windows: [{ ...presale, key: "fan-club", label: "Members" }] },
    DEFAULT_LOCALE,
  );
  expect(renamed).toMatchObject({ draft: { saleWindows: [{ key: "fan-club", label: "Members" }] } });
});

test.each([
  [{ key: "Fan Club" }, "saleWindows.0.key"],
  [{ key: "public" }, "saleWindows.0.key"],
  [{ allotment: "many" }, "saleWindows.0.allotment"],
  [{ allotment: "0" }, "saleWindows.0.allotment"],
])("what a presale may not be is named: %j", (patch, field) => {
  expect(readDraft({ ...filled, windows: [{ ...presale, ...patch }] }, DEFAULT_LOCALE)).toEqual({
    faults: { [field]: expect.any(String) },
  });
});

test("two presales need two keys, and the second one is told", () => {
  const read = readDraft({ ...filled, windows: [presale, { ...presale, allotment: "" }] }, DEFAULT_LOCALE);
  expect(read).toEqual({ faults: { "saleWindows.1.key": expect.stringContaining("have the same key") } });
});

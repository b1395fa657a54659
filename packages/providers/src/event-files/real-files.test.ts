import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseEventFile } from "./parse-event-file.ts";

const data =
  process.env["ONSALE_SHARED_DATA"] ?? path.resolve(import.meta.dirname, "../../../../../shared/data");
function realFile(name: string): string | null {
  try {
    return readFileSync(path.join(data, "events", name), "utf8");
  } catch {
    return null;
  }
}
const discovery = realFile("ticketmaster-discovery-2020-03.json");
const orchestra = realFile("nyphil-2024-25.json");
const schedule = realFile("emf2024-schedule.ics");
const countBy = (codes: readonly { code: string }[]) =>
  Object.fromEntries([...Map.groupBy(codes, ({ code }) => code)].map(([code, all]) => [code, all.length]));
const venues = (events: readonly { venue: { name: string; city: string } }[]) =>
  new Set(events.map(({ venue }) => `${venue.name}/${venue.city}`)).size;
const iso = (ms: number | null | undefined) =>
  ms === null || ms === undefined ? ms : new Date(ms).toISOString();

test.skipIf(discovery === null)(
  "20 events of a Discovery feed, six zones from the venue, four sale starts of 1900 unknown",
  () => {
    const file = parseEventFile(discovery ?? "");
    expect(file).toMatchObject({ ok: true, format: "ticketmaster", found: 20, problems: [] });
    expect(file.events).toHaveLength(20);
    expect(venues(file.events)).toBe(15);
    expect(countBy(file.warnings)).toEqual({
      "event.timezone_from_venue": 6,
      "sale_window.placeholder_start": 4,
    });
    const unknownSale = file.warnings
      .filter(({ code }) => code === "sale_window.placeholder_start")
      .map((one) => one.path);
    expect(unknownSale).toEqual([0, 5, 15, 17].map((index) => `_embedded.events[${index}]`));
    expect(file.events[0]).toMatchObject({
      timeZone: "America/Los_Angeles",
      saleWindows: [],
      genre: "Basketball",
    });
    expect(iso(file.events[0]?.startsAtMs)).toBe("2020-03-08T19:30:00.000Z");
    expect(file.events[1]).toMatchObject({
      currency: "USD",
      priceRange: { minMinor: 9_750, maxMinor: 120_500 },
    });
    expect(file.events[1]?.saleWindows.map(({ kind, opensAtMs }) => [kind, iso(opensAtMs)])).toEqual([
      ["presale", "2019-09-06T14:00:00.000Z"],
      ["public", "2019-09-09T14:00:00.000Z"],
    ]);
  },
);

test.skipIf(orchestra === null)(
  "252 concerts of 144 programmes; the two without a time are named and nothing else is wrong",
  () => {
    const file = parseEventFile(orchestra ?? "");
    expect(file).toMatchObject({ ok: false, format: "nyphil", found: 252 });
    expect(file.problems.map(({ code, path: where }) => `${where} ${code}`)).toEqual([
      "programs[126].concerts[0] event.time_unknown",
      "programs[142].concerts[0] event.time_unknown",
    ]);
    expect(file.events).toHaveLength(250);
    expect(venues(file.events)).toBe(28);
    expect(countBy(file.warnings)).toEqual({ "event.timezone_from_venue": 252 });
    expect(file.events[0]).toMatchObject({ title: "Mozart, Mahler", timeZone: "America/New_York" });
    // 7:30 in the evening of 12 September 2024 in New York.
    expect(iso(file.events[0]?.startsAtMs)).toBe("2024-09-12T23:30:00.000Z");
    const zones = countBy(file.events.map((event) => ({ code: event.timeZone })));
    expect(zones).toEqual({
      "America/New_York": 238,
      "America/Denver": 7,
      "Asia/Seoul": 3,
      "Asia/Shanghai": 2,
    });
  },
);

test.skipIf(schedule === null)("482 events of a schedule without VTIMEZONE, folded lines unfolded", () => {
  const file = parseEventFile(schedule ?? "");
  expect(file).toMatchObject({ ok: true, format: "ical", found: 482, problems: [], warnings: [] });
  expect(file.events).toHaveLength(482);
  expect(venues(file.events)).toBe(44);
  expect(file.events[0]).toMatchObject({
    title: "How I found a Roman Villa (or temple)",
    timeZone: "Europe/London",
  });
  expect(iso(file.events[0]?.startsAtMs)).toBe("2024-05-31T16:20:00.000Z");
  expect(iso(file.events[0]?.endsAtMs)).toBe("2024-05-31T16:50:00.000Z");
  expect(file.events[0]?.description).toContain("There are hundreds of high status Roman buildings");
});

test.skipIf(schedule === null)(
  "a schedule cut off anywhere loses only what is behind the cut, and says so",
  () => {
    const text = (schedule ?? "").slice(0, 40_000);
    for (let cut = 200; cut < text.length; cut += 1_777) {
      const file = parseEventFile(text.slice(0, cut));
      expect(file.ok).toBe(false);
      expect(file.events.length).toBeGreaterThanOrEqual(
        text.slice(0, cut).split("END:VEVENT\r\n").length - 2,
      );
    }
  },
);

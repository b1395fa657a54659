import type { EventFileOptions } from "@onsale/core/event/import-event";
import { describe, expect, test } from "vitest";
import { parseEventFile } from "./parse-event-file.ts";

const iso = (ms: number | null | undefined) =>
  ms == null ? null : `${new Date(ms).toISOString().slice(0, 16)}Z`;
const told = (text: string, options?: EventFileOptions) =>
  parseEventFile(text, options).problems.map(({ code, path }) => `${path}: ${code}`);
const warned = (text: string, options?: EventFileOptions) =>
  parseEventFile(text, options).warnings.map(({ code }) => code);
const starts = (text: string, options?: EventFileOptions) =>
  parseEventFile(text, options).events.map((event) => iso(event.startsAtMs));

describe("a list of events", () => {
  const list = (...lines: readonly string[]) => ["title,start,venue,timezone", ...lines, ""].join("\n");

  test("lines of delimiters, a title above and a sep= line are left out", () => {
    const one = "One,2027-05-01 20:00,Case Hall,Europe/Zurich";
    for (const text of [list(one, ",,,", ",,,"), `Our season,,,\n${list(one)}`, `sep=,\n${list(one)}`])
      expect(starts(text)).toEqual(["2027-05-01T18:00Z"]);
    expect(warned(`Our season,,,\n${list(one)}`)).toEqual(["file.lines_above_header"]);
  });

  test("clocks that skip or repeat an hour are said, and seconds are kept", () => {
    const text = list(
      "Gap night,2027-03-28 02:30,Case Hall,Europe/Zurich",
      "Twice night,2027-10-31 02:30,Case Hall,Europe/Zurich",
      "Twice instant,2027-10-31T02:30:00+01:00,Case Hall,Europe/Zurich",
      "No midnight,2027-09-05 00:00,Case Hall,America/Santiago",
    );
    expect(starts(text)).toEqual([
      "2027-03-28T01:30Z",
      "2027-10-31T00:30Z",
      "2027-10-31T01:30Z",
      "2027-09-05T04:00Z",
    ]);
    expect(warned(text)).toEqual(["event.time_in_gap", "event.time_twice", "event.time_in_gap"]);
    const seconds = parseEventFile(
      "title,start,venue,timezone,sale start,sale end\nA,2027-06-07 20:00:00,Hall,Europe/Berlin,2027-05-01 10:00:30,2027-06-06 23:59:59\n",
    ).events[0]?.saleWindows[0];
    expect([seconds?.opensAtMs, seconds?.closesAtMs]).toEqual([
      Date.UTC(2027, 4, 1, 8, 0, 30),
      Date.UTC(2027, 5, 6, 21, 59, 59),
    ]);
  });

  test("amounts are read in any writing that means one thing, else refused by line", () => {
    const prices = (currency: string, low: string, high: string) =>
      parseEventFile(
        `title;start;venue;timezone;currency;price min;price max\nA;2027-05-01 20:00;Hall;Europe/Berlin;${currency};${low};${high}\n`,
      );
    const range = (...ask: [string, string, string]) => prices(...ask).events[0]?.priceRange;
    expect(range("EUR", "12,50", "20")).toEqual({ minMinor: 1_250, maxMinor: 2_000 });
    expect(range("EUR", "1.250,00", "2000")).toEqual({ minMinor: 125_000, maxMinor: 200_000 });
    expect(range("USD", "1,250.00", "2000")).toEqual({ minMinor: 125_000, maxMinor: 200_000 });
    expect(range("KWD", "12.500", "20.125")).toEqual({ minMinor: 12_500, maxMinor: 20_125 });
    expect(range("ISK", "4900", "9900")).toEqual({ minMinor: 4_900, maxMinor: 9_900 });
    const refused: [string, string, string][] = [
      ["JPY", "8000.00", "12000"],
      ["KWD", "12.5005", "20.125"],
      ["EUR", "€ 25", "€ 30"],
      ["EUR", "25.5", "30."],
    ];
    for (const ask of refused)
      expect(prices(...ask).problems.map(({ code }) => code)).toEqual(["event.bad_price"]);
    expect(prices("XYZ", "49", "99").problems.map(({ code }) => code)).toEqual(["event.bad_currency"]);
  });

  test("dates with dots are days first; dates with slashes and days that do not exist are refused by line", () => {
    const text = [
      "title;date;time;venue;timezone",
      "A;01.05.2027;20:00;Case Hall;Europe/Berlin",
      "B;2027-05-02;20.00 Uhr;Case Hall;Europe/Berlin",
      "C;5/6/2027;8 PM;Case Hall;Europe/Berlin",
      "D;2027-05-01;24:00;Case Hall;Europe/Berlin",
      "E;2027-02-30;20:00;Case Hall;Europe/Berlin",
      "F;31.04.2027;20:00;Case Hall;Europe/Berlin",
    ].join("\n");
    expect(starts(text)).toEqual(["2027-05-01T18:00Z", "2027-05-02T18:00Z"]);
    expect(told(text)).toEqual([4, 5, 6, 7].map((line) => `line ${line}: event.bad_start`));
    const close =
      "title,start,venue,timezone,sale start,sale end\nA,2027-06-07 20:00,Hall,Europe/Berlin,2027-05-01,2027-06-06\n";
    expect(told(close)).toEqual(["line 2: event.bad_sale_start", "line 2: event.bad_sale_end"]);
  });

  test.each([
    "Titel;Beginn;Spielort;Zeitzone",
    "Titre;Début;Salle;Fuseau horaire",
    "Título;Inicio;Recinto;Zona horaria",
    "Название;Начало;Площадка;timezone",
    "タイトル;開始;会場;timezone",
    "名稱 (活動名稱);開始;場地;timezone".replace("名稱 (", "活動名稱 ("),
  ])("%s is a header", (header) => {
    expect(starts(`${header}\nA;2027-05-01 20:00;Hall;Europe/Zurich\n`)).toEqual(["2027-05-01T18:00Z"]);
  });

  test("columns without a meaning are named, and an end of sale without a start too", () => {
    expect(
      warned(
        "title,start,venue,timezone,mood,sale end\nA,2027-05-01 20:00,Hall,Europe/Zurich,x,2027-04-01 20:00\n",
      ),
    ).toEqual(["file.columns_left_out", "sale_window.no_start"]);
  });

  test("a file in which characters were lost is refused at its line", () => {
    expect(told(list("Z\uFFFDrich,2027-05-01 20:00,Hall,Europe/Zurich"))).toEqual([
      "line 2: file.lost_character",
    ]);
  });
});

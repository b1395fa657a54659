import { columnNamed } from "@onsale/core/layout/import/csv-columns";
import { plainHeader } from "@onsale/core/layout/import/csv-headers";
import { type CsvRecord, parseCsv, unguardCell } from "@onsale/core/shared/csv";
import { parseMoney } from "@onsale/core/shared/money";
import { Currency } from "@onsale/core/shared/money-schema";
import type { EventFileOptions, ImportedEvent } from "@onsale/core/event/import-event";
import { BAD_TIME } from "@onsale/core/shared/event-file-problems";
import { problem } from "@onsale/core/shared/problem";
import { someNames } from "@onsale/core/shared/some-names";
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

/** Our fields and the headers they are found under when nobody maps them; compared without case, accents and signs. */
const EVENT_HEADERS = {
  uid: "uid eventuid",
  id: "id eventid",
  title:
    "title name event eventname summary titel veranstaltung anlass veranstaltungstitel bezeichnung titre nom événement " +
    "evento título titulo titolo evenement naam evenemang arrangement tapahtuma tytuł wydarzenie název názov cím etkinlik " +
    "название мероприятие событие назва 公演名 タイトル イベント名 活動名稱 活动名称 標題 标题 名称 제목 행사명 공연명",
  subtitle: "subtitle untertitel soustitre subtítulo sottotitolo ondertitel undertitel",
  description:
    "description beschreibung descripción descrição descrizione omschrijving beskrivning opis popis описание",
  genre: "genre category kategorie sparte genere género gênero categoría catégorie categoria жанр",
  venue:
    "venue venuename location spielort veranstaltungsort ort lokal halle saal lieu salle lugar recinto local luogo sede " +
    "locatie zaal plats lokalen miejsce místo helyszín mekan место площадка 会場 會場 場地 场地 장소 공연장",
  address:
    "address venueaddress street streetaddress adresse strasse straße anschrift rue dirección direccion calle morada rua " +
    "indirizzo via adres straat adress gata gatuadress adressen ulica cím osoite адрес улица 住所 地址 주소",
  postcode:
    "postcode postalcode zip zipcode plz postleitzahl codepostal códigopostal codigopostal cap postnummer postnr psč " +
    "kodpocztowy irányítószám postinumero индекс 郵便番号 郵遞區號 邮编 우편번호",
  city: "city town stadt ort ville ciudad cidade città plaats stad miasto město şehir город 都市 城市 도시",
  country: "country land pays país paese kraj země ülke страна 国 國家 国家 국가",
  timeZone: "timezone tz zone zeitzone fuseau fuseauhoraire zonahoraria fusoorario tijdzone tidszon",
  start:
    "start starts startsat datetime startdatetime beginn anfang début inicio início inizio aanvang begin starttid начало 開始 开始 開演",
  date: "date startdate datum tag fecha data dato päivä dátum tarih дата 日付 日期 날짜",
  time: "time starttime uhrzeit zeit heure hora ora tijd tid klo godzina čas saat время 時間 时间 시간",
  doors: "doors doorsopen einlass türöffnung ouverture portes apertura puertas insläpp deuren 開場",
  end: "end ends endsat enddatetime ende fin fine fim einde slut koniec konec конец 終了 结束 結束",
  saleStart:
    "salestart onsale onsalestart salesstart verkaufsstart vorverkauf verkaufsbeginn ouverturedesventes",
  saleEnd: "saleend offsale salesend verkaufsende verkaufsschluss",
  currency: "currency währung devise moneda moeda valuta měna waluta валюта 通貨 货币",
  priceMin: "pricemin minprice pricefrom preisab preismin mindestpreis prixmin preciomin",
  priceMax: "pricemax maxprice priceto preisbis preismax höchstpreis prixmax preciomax",
} as const satisfies Record<string, string>;
export type EventColumn = keyof typeof EVENT_HEADERS;

const FIELDS = Object.keys(EVENT_HEADERS) as EventColumn[];
const SYNONYMS = new Map(
  FIELDS.map((field) => [field, EVENT_HEADERS[field].split(" ").map((word) => plainHeader(word))]),
);

/** Titles, dates and the like that people write above a table. */
const LINES_ABOVE_MAX = 10;

/** The columns by their usual headers: of several that fit a field the most exact, and each column for one field. */
function usualColumns(headers: readonly string[]): Map<EventColumn, number> {
  const plain = headers.map(plainHeader);
  const found = new Map<EventColumn, number>();
  const taken = new Set<number>();
  for (const field of FIELDS) {
    const index = (SYNONYMS.get(field) ?? [])
      .map((name) => plain.findIndex((header, at) => header === name && !taken.has(at)))
      .find((at) => at >= 0);
    if (index === undefined) continue;
    found.set(field, index);
    taken.add(index);
  }
  return found;
}

function isEventHeader(headers: readonly string[]): boolean {
  const found = usualColumns(headers);
  return found.has("title") && (found.has("start") || found.has("date"));
}

/** Does one of its first lines name a title and a start? */
export function looksLikeEventList(text: string): boolean {
  return parseCsv(text.slice(0, 20_000))
    .records.slice(0, LINES_ABOVE_MAX)
    .some(({ cells }) => isEventHeader(cells));
}

/** Events one per line under a header line. Times are "2026-05-01 20:00" on the venue's clock, or ISO 8601 with an offset. */
export function readEventCsv(
  text: string,
  options: EventFileOptions,
  report: Report,
): { found: number; readings: EventReading[] } {
  const { records, unclosedQuoteLine } = parseCsv(text);
  if (unclosedQuoteLine !== null) {
    report.problems.push(problem("file.unclosed_quote", `line ${unclosedQuoteLine}`));
  }
  const above = Math.max(
    0,
    records.slice(0, LINES_ABOVE_MAX).findIndex(({ cells }) => isEventHeader(cells)),
  );
  const [header, ...rows] = records.slice(above);
  if (!header) return { found: 0, readings: [] };
  if (above > 0) {
    const { line } = header;
    report.warnings.push(problem("file.lines_above_header", `line ${line}`, { line }));
  }
  const columns = findColumns(header, options, report);
  if (!columns) return { found: rows.length, readings: [] };
  const readings = rows.flatMap(({ line, cells }) => {
    const path = `line ${line}`;
    if (cells.slice(header.cells.length).some((cell) => cell.trim() !== "")) {
      const count = { found: cells.length, max: header.cells.length };
      report.problems.push(problem("line.too_many_cells", path, count));
      return [];
    }
    const cell = (name: EventColumn) => unguardCell((cells[columns.get(name) ?? -1] ?? "").trim());
    return [readRow(cell, path, report)];
  });
  return { found: rows.length, readings };
}

/** null when the file cannot be read at all; what is missing is then in the report. */
function findColumns(
  { line, cells: headers }: CsvRecord,
  { columns = {} }: EventFileOptions,
  report: Report,
): Map<EventColumn, number> | null {
  const found = usualColumns(headers);
  const { fault } = notesAt(report, `line ${line}`);
  for (const name of FIELDS) {
    const wanted = columns[name];
    if (wanted === undefined) continue;
    const index = columnNamed(wanted, headers);
    if (index >= 0) found.set(name, index);
    else fault("column.not_found", { column: wanted, field: name });
  }
  for (const name of Object.keys(columns)) {
    if (!Object.hasOwn(EVENT_HEADERS, name)) {
      fault("column.unknown_field", { field: name, known: FIELDS });
    }
  }
  if (!found.has("title")) fault("column.missing", { field: "title" });
  if (!found.has("start") && !found.has("date")) fault("column.missing", { field: "start" });
  noteLeftOut(headers, found, { line, report });
  return report.problems.some((problem) => problem.code.startsWith("column.")) ? null : found;
}

function noteLeftOut(
  headers: readonly string[],
  found: ReadonlyMap<EventColumn, number>,
  { line, report }: { line: number; report: Report },
): void {
  const used = new Set(found.values());
  const unused = headers.filter((header, index) => !used.has(index) && header.trim() !== "");
  if (unused.length === 0) return;
  report.warnings.push(problem("file.columns_left_out", `line ${line}`, { columns: someNames(unused) }));
}

function readRow(cell: (name: EventColumn) => string, path: string, report: Report): EventReading {
  const { fault } = notesAt(report, path);
  const title = cell("title");
  const when = (name: keyof typeof BAD_TIME): When | null => {
    const said = cell(name);
    if (said === "") return null;
    const read = readMoment(said);
    if (!read) fault(BAD_TIME[name], { title, said: cut(said, 40) });
    return read;
  };
  const currency = currencyOf(cell("currency"), title, fault);
  return {
    path,
    sourceId: cell("uid") || cell("id"),
    // Numbers of a list begin at 1 in every list; only what calls itself a UID is one everywhere.
    ...(cell("uid") === "" ? {} : { feed: { uid: `csv:${cell("uid")}`.slice(0, 500), sequence: 0 } }),
    title,
    subtitle: cell("subtitle"),
    description: cell("description"),
    genre: cell("genre"),
    venue: { name: cell("venue"), address: addressOf(cell), city: cell("city"), country: cell("country") },
    timeZone: cell("timeZone"),
    venueTimeZone: "",
    currency,
    doors: when("doors"),
    starts: cell("start") === "" ? dateAndTime(cell, title, fault) : when("start"),
    ends: when("end"),
    windows: windowOf(cell, when, { path, report }),
    priceRange: currency === null ? null : rangeOf(cell, { title, currency, fault }),
  };
}

/** Street and postcode in one line, whether the file has them in one column or in two. */
function addressOf(cell: (name: EventColumn) => string): string {
  return [cell("address"), cell("postcode")].filter((part) => part !== "").join(", ");
}

function windowOf(
  cell: (name: EventColumn) => string,
  when: (name: keyof typeof BAD_TIME) => When | null,
  { path, report }: { path: string; report: Report },
): DraftWindow[] {
  const [opens, closes] = [when("saleStart"), when("saleEnd")];
  if (opens === null && closes !== null) {
    report.warnings.push(problem("sale_window.no_start", path, { title: cell("title") }));
  }
  return opens === null ? [] : [{ kind: "public", label: "", opens, closes }];
}

function readMoment(text: string): When | null {
  const [date = "", ...time] = text.split(/[T ]+/);
  return readInstant(text) ?? readInstant(text.replace(" ", "T")) ?? readWallClock(date, time.join(" "));
}

function dateAndTime(cell: (name: EventColumn) => string, title: string, fault: Note): When | null {
  const [date, time] = [cell("date"), cell("time")];
  if (date === "") {
    fault("event.missing_start", { title });
    return null;
  }
  if (time === "") {
    const whole = readMoment(date);
    if (!whole) fault("event.time_unknown", { title, date: cut(date, 40) });
    return whole;
  }
  const when = readWallClock(date, time);
  if (!when) fault("event.bad_start", { title, said: cut(`${date} ${time}`, 60) });
  return when;
}

function currencyOf(said: string, title: string, fault: Note): string | null {
  if (said === "") return null;
  const currency = Currency.safeParse(said.toUpperCase());
  if (currency.success) return currency.data;
  fault("event.bad_currency", { title, said: cut(said, 20) });
  return null;
}

function rangeOf(
  cell: (name: EventColumn) => string,
  { title, currency, fault }: { title: string; currency: string; fault: Note },
): ImportedEvent["priceRange"] {
  const [low, high] = [cell("priceMin") || cell("priceMax"), cell("priceMax") || cell("priceMin")];
  if (low === "") return null;
  const minMinor = parseMoney(low, currency);
  const maxMinor = parseMoney(high, currency);
  if (minMinor === null || maxMinor === null || minMinor < 0 || minMinor > maxMinor) {
    fault("event.bad_price", { title, from: cut(low, 20), to: cut(high, 20), currency });
    return null;
  }
  return { minMinor, maxMinor };
}

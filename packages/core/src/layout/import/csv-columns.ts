import type { Problem } from "../problem.ts";
import type { CsvColumns, CsvField } from "./import-result.ts";

/** Headers seen in the wild, without accents, signs and spaces. The first column that fits a meaning has it. */
const SYNONYMS: Readonly<Record<CsvField, readonly string[]>> = {
  section: [
    "section",
    "sector",
    "block",
    "area",
    "sektor",
    "bereich",
    "secteur",
    "bloc",
    "bloque",
    "sezione",
    "settore",
    "stand",
    "tribune",
    "vak",
    "sectie",
    "zone",
  ],
  row: ["row", "rowlabel", "rownumber", "rowname", "reihe", "rang", "rangee", "fila", "rij", "rad", "rzad"],
  seat: [
    "seat",
    "number",
    "seatnumber",
    "seatno",
    "seatlabel",
    "no",
    "nr",
    "num",
    "place",
    "platz",
    "platznummer",
    "sitz",
    "sitzplatz",
    "sitznummer",
    "siege",
    "asiento",
    "posto",
    "stoel",
    "numero",
    "nummer",
  ],
  seats: [
    "seats",
    "seatrange",
    "seatranges",
    "numberofseats",
    "seatcount",
    "places",
    "plaetze",
    "platze",
    "sitze",
    "asientos",
  ],
  category: [
    "category",
    "pricecategory",
    "pricelevel",
    "priceband",
    "pricezone",
    "rank",
    "class",
    "kategorie",
    "preiskategorie",
    "categorie",
    "categoria",
    "tier",
    "categoryname",
  ],
  floor: ["floor", "level", "etage", "ebene", "stock", "piso", "niveau", "verdieping"],
  x: ["x", "posx", "xpos", "xcoordinate", "left"],
  y: ["y", "posy", "ypos", "ycoordinate", "top"],
  accessible: ["accessible", "wheelchair", "ada", "rollstuhl", "handicap", "pmr", "isaccessible"],
  companionOf: ["companionof", "companion", "begleitung", "begleiter"],
  restrictedView: ["restrictedview", "restricted", "obstructed", "obstructedview", "sichtbehinderung"],
  house: ["house", "houseseat", "hold", "blocked"],
  capacity: ["capacity", "kapazitat", "capacite", "capacidad"],
  table: ["table", "tisch", "mesa", "tavolo"],
  id: ["id", "seatid", "guid", "seatguid"],
};
const FIELDS = Object.keys(SYNONYMS).filter((field): field is CsvField => field in SYNONYMS);

export type ColumnIndex = Readonly<Partial<Record<CsvField, number>>>;

/** Finds the columns by header; `chosen` names win over synonyms. */
export function findColumns(
  header: readonly string[],
  chosen: CsvColumns,
): { columns: ColumnIndex; problems: Problem[] } {
  const columns: Partial<Record<CsvField, number>> = {};
  const problems: Problem[] = [];
  const plain = header.map(plainHeader);
  const taken = new Set<number>();
  for (const field of FIELDS) {
    const name = chosen[field];
    if (name === undefined) continue;
    const index = plain.indexOf(plainHeader(name));
    if (index < 0) {
      const message = `There is no column "${name}" for ${field}; the file has ${header.map((cell) => `"${cell}"`).join(", ")}.`;
      problems.push({ code: "csv.no_column", path: "line 1", message: message.slice(0, 500) });
      continue;
    }
    columns[field] = index;
    taken.add(index);
  }
  for (const field of FIELDS) {
    if (columns[field] !== undefined) continue;
    const index = SYNONYMS[field]
      .map((name) => plain.findIndex((cell, at) => cell === name && !taken.has(at)))
      .find((at) => at >= 0);
    if (index === undefined) continue;
    columns[field] = index;
    taken.add(index);
  }
  return { columns, problems };
}

export function plainHeader(header: string): string {
  return header
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Does the first line look like a header of a seat list at all? */
export function looksLikeSeatList(header: readonly string[]): boolean {
  const { columns } = findColumns(header, {});
  const known = Object.keys(columns).length;
  return (
    known >= 2 &&
    (columns.seat !== undefined || columns.seats !== undefined || columns.capacity !== undefined)
  );
}

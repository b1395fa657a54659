import type { CsvField } from "./import-result.ts";

/**
 * Headers seen in the wild, in the languages of those who make seat lists. Compared without case, accents, signs and
 * blanks; within a meaning the first that a file has wins, and a column has one meaning.
 */
export const SEAT_HEADERS: Readonly<Record<CsvField, string>> = {
  section:
    "section sector block area sektor bereich abschnitt secteur bloc bloque sezione settore setor sección seção stand " +
    "tribune tribüne tribuna tribun vak sectie zone zona sektion läktare felt katsomo lohko sekcja sektör blok секция " +
    "сектор блок трибуна セクション ブロック エリア 区域 区 區域 區 看台 구역 블록 τομέας قسم אזור גוש",
  row:
    "row rowlabel rownumber rowname rowno reihe rang sitzreihe rangée fila rij rad række rekke rivi rząd řada rad sor " +
    "fileira riga sıra ряд рядок 列 排 행 열 줄 σειρά صف שורה",
  seat:
    "seat number seatnumber seatno seatlabel no nr num place platz platznummer platznr sitz sitzplatz sitznummer siège " +
    "asiento butaca posto poltrona lugar assento stoel stoelnummer numéro nummer número plats sæde sete paikka miejsce " +
    "sedadlo místo miesto szék koltuk место номер місце 座席 席番 席番号 席 座位 座號 座号 号码 좌석 좌석번호 번호 θέση مقعد מושב כיסא",
  seats:
    "seats seatrange seatranges numberofseats seatcount places plätze sitze sitzplätze asientos butacas posti lugares " +
    "assentos stoelen platser sæder paikat miejsca sedadla места 座席数 席数 座位數 座位数 좌석수",
  category:
    "category pricecategory pricelevel priceband pricezone rank class kategorie preiskategorie preisgruppe preisklasse " +
    "catégorie categoria categoría tier categoryname pricetype kategori prijscategorie categorie kategoria cenovákategorie " +
    "категория категорія ценоваякатегория 券種 カテゴリー 席種 等级 等級 票价 票價 등급 κατηγορία فئة קטגוריה",
  floor:
    "floor level etage étage ebene stock stockwerk piso nível niveau verdieping piano våning kerros piętro patro этаж 階 " +
    "フロア 楼层 樓層 층",
  x: "x posx xpos xcoordinate xcoord left",
  y: "y posy ypos ycoordinate ycoord top",
  accessible:
    "accessible wheelchair ada rollstuhl rollstuhlplatz handicap pmr isaccessible barrierefrei accesible accessibile " +
    "rolstoel rullstol kørestol 車椅子 轮椅 輪椅 휠체어",
  companionOf:
    "companionof companion begleitung begleiter begleitperson accompagnateur acompañante accompagnatore",
  restrictedView:
    "restrictedview restricted obstructed obstructedview sichtbehinderung sichtbehindert visibilitéréduite visibilidadreducida",
  house: "house houseseat hold blocked gesperrt bloqué bloqueado bloccato",
  capacity:
    "capacity kapazität capacité capacidad capienza capacidade capaciteit kapacitet вместимость 定員 容量 수용인원",
  table:
    "table tisch tischnummer tischnr mesa tavolo tafel bord pöytä stół stůl asztal masa стол テーブル 桌 桌號 桌号 테이블",
  id: "id seatid guid seatguid uuid",
};

/** Remarks in brackets are no part of a header: "Reihe (A, B, C oder D)" is "Reihe". */
export function plainHeader(header: string): string {
  const bare = lettersOf(header.replaceAll(/\(.*?\)|\[.*?\]/g, ""));
  return bare === "" ? lettersOf(header) : bare;
}

function lettersOf(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

import type { DecodeFault, FindSeatsFault } from "@onsale/core/shared/layout-problems";
import type { FileCatalog } from "./file-catalog.ts";

export const SAVE_AGAIN_EN = "Save it as UTF-8 and try again.";

export function decodeWordsEn(fault: DecodeFault): string {
  switch (fault.why) {
    case "zero_bytes":
      return `The file is no text: it has zero bytes and is not UTF-16. ${SAVE_AGAIN_EN}`;
    case "unknown_charset":
      return `The file is neither UTF-8, UTF-16 nor Windows-1252 (Latin-1). ${SAVE_AGAIN_EN}`;
    case "damaged":
      return `The file is UTF-8 with a damaged character in line ${fault.line}. ${SAVE_AGAIN_EN}`;
  }
}

function findSeatsWords(fault: FindSeatsFault): string {
  switch (fault.why) {
    case "form":
      return `"${fault.text}" names no seats: write section, row, seat.`;
    case "section":
      return `There is no section "${fault.section}" with seats in this layout.`;
    case "row":
      return `Section "${fault.section}" has no row "${fault.row}".`;
    case "seat":
      return `Row "${fault.row}" of section "${fault.section}" has no seat "${fault.seat}".`;
  }
}

export const en: FileCatalog = {
  unreadable: decodeWordsEn,
  guessed: "The file is not UTF-8; it was read as Windows-1252 (Latin-1). Look at its accented letters.",
  noSeats: findSeatsWords,
};

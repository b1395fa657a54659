import { type Catalogs, catalogFor } from "@onsale/core/shared/catalogs";
import type { DecodeFault, FindSeatsFault } from "@onsale/core/shared/layout-problems";
import type { Locale } from "@onsale/core/shared/locale";
import { en } from "./files/en.ts";
import type { FileCatalog } from "./files/file-catalog.ts";

const CATALOGS: Catalogs<FileCatalog> = { en };

/** Why the bytes of a file are no text. */
export const decodeWords = (fault: DecodeFault, locale: Locale): string =>
  catalogFor(CATALOGS, locale).unreadable(fault);

/** What is said about a file that was read by a guess. */
export const guessWords = (locale: Locale): string => catalogFor(CATALOGS, locale).guessed;

/** Why a text names no seats of a layout. */
export const findSeatsWords = (fault: FindSeatsFault, locale: Locale): string =>
  catalogFor(CATALOGS, locale).noSeats(fault);

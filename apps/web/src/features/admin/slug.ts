import { presaleKey } from "@onsale/core/event/import-window-keys";
import { slugOf } from "@onsale/core/shared/slug";
import { transliterate } from "transliteration";

/** The same addresses and keys as the terminal and imports make, in any script. The table of letters is 53 KB packed. */
export const addressOf = (title: string): string =>
  slugOf(title, { max: 80, stem: "event", romanize: transliterate });

export const ticketTypeKey = (label: string): string =>
  slugOf(label, { max: 40, stem: "ticket", romanize: transliterate });

export const keyOfPresale = (label: string): string => presaleKey(label, transliterate);

import { MY_ORDERS } from "../ways.ts";
import { ACCOUNT_WORDS_EN } from "./en-account.ts";
import { SALE_WORDS_EN } from "./en-sale.ts";
import { STAFF_WORDS_EN } from "./en-staff.ts";
import type { ErrorCatalog } from "./error-words.ts";

export const en: ErrorCatalog = {
  codes: { ...ACCOUNT_WORDS_EN, ...SALE_WORDS_EN, ...STAFF_WORDS_EN },
  unreachable: {
    title: "The connection broke.",
    todo: "Check your connection and try again. A payment is never taken twice.",
  },
  unknown: {
    title: "Something went wrong on our side.",
    todo: "Try again. If you were paying, look under My tickets first.",
    way: MY_ORDERS,
  },
  offline: {
    title: "You are offline. Nothing was sent.",
    todo: "Nothing was charged. Press again when you have a connection; nothing happens by itself.",
  },
};

import type { PlainWords } from "./plain-words.ts";

/** No promise about seats: their time runs on meanwhile, and a Redis that lost everything has lost them. */
const KEPT =
  "If you hold seats, look at your checkout as soon as it can be shown: their time runs on. A payment is never taken twice.";

/** One page for all readers: it is made before anything is known of them. */
export const PLAIN_WORDS: PlainWords = {
  language: "en",
  pages: {
    busy: { title: "So many are here that this page has to wait.", text: KEPT },
    outage: { title: "Onsale does not answer right now.", text: KEPT },
    failed: {
      title: "This page could not be shown.",
      text: `Something went wrong on our side. ${KEPT} If you were paying, look under My tickets first.`,
    },
  },
  again: (seconds) => `This page tries again by itself in ${seconds} seconds.`,
  now: "Try again now",
};

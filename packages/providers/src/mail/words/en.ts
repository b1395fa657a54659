import { addressLine } from "@onsale/core/venue/address-line";
import type { EventFacts, LetterFacts, PlaceFacts } from "@onsale/core/mail/letter";
import { mailWords } from "@onsale/core/mail/mail-words";
import { formatClock, formatInFull } from "@onsale/core/shared/format";
import type { Locale } from "@onsale/core/shared/locale";
import { formatMoney } from "@onsale/core/shared/money";
import type { MailCatalog } from "./mail-catalog.ts";

const NOTHING_TO_DO =
  "If you did not ask for it, somebody typed your address by mistake, and you need do nothing.";

/** "042 137" is read off a screen more easily than "042137". */
const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

export const en: MailCatalog = {
  sign_up: ({ code, goodForMs }) => ({
    subject: `${spaced(code)} is your Onsale code`,
    lines: [
      "Hello",
      "",
      `Your code: ${spaced(code)}`,
      "",
      `Enter it on the page where you signed up, and your account is there. It is good for ${goodForMs / 60_000} minutes.`,
      NOTHING_TO_DO,
    ],
  }),
  known_address: ({ signInUrl, resetUrl }) => ({
    subject: "You have an Onsale account already",
    lines: [
      "Hello",
      "",
      "Somebody, probably you, just signed up with this address. It has an account already, and nothing about it was changed.",
      "",
      `Sign in: ${signInUrl}`,
      `Forgotten the password? ${resetUrl}`,
      "",
      "If it was not you, you need do nothing: whoever it was was not told that you have an account.",
    ],
  }),
  verify_email: ({ code, goodForMs, pageUrl }) => ({
    subject: `${spaced(code)} is your Onsale code`,
    lines: [
      "Hello",
      "",
      `Your code: ${spaced(code)}`,
      "",
      `Enter it at ${pageUrl}. It is good for ${goodForMs / 60_000} minutes and for nothing else.`,
      NOTHING_TO_DO,
    ],
  }),
  password_reset: ({ url }) => ({
    subject: "Set a new Onsale password",
    lines: [
      "Hello",
      "",
      `Set a new password: ${url}`,
      "",
      "The link is good for one hour and works once. Every device that is signed in will be signed out.",
      NOTHING_TO_DO,
    ],
  }),
  // The page behind the link says who invites, and to what: no words of a stranger stand in the mail.
  invitation: ({ url, goodForMs }) => ({
    subject: "You are invited to work on an Onsale box office",
    lines: [
      "Hello",
      "",
      "You are invited to become a member of an organization that sells tickets with Onsale.",
      "",
      `See who invites you, and accept: ${url}`,
      "",
      `The link is good for ${goodForMs / 86_400_000} days and works once, for an account with this address.`,
      "If you know nothing of it, you need do nothing.",
    ],
  }),
  password_set: ({ pageUrl }) => ({
    subject: "Your Onsale password was changed",
    lines: [
      "Hello",
      "",
      "The password of your account was just changed, and other devices were signed out.",
      "",
      `If it was not you, set another one now: ${pageUrl}`,
    ],
  }),
  order_paid: ({ event, reference, places, totalMinor, currency, orderUrl }, locale) => ({
    subject: `Your tickets: ${mailWords(event.title)}`,
    lines: [
      mailWords(event.title),
      whenAndWhere(event, [event.venue.name, addressLine({ ...event.venue, country: "" })], locale),
      "",
      `Order ${reference}`,
      ...places.map((place) => `  ${placeWords(place)}`),
      "",
      `Paid: ${formatMoney(totalMinor, currency, locale)}`,
      "",
      `Your tickets: ${orderUrl}`,
      "Each ticket has its own code. Show it at the door, on a phone or on paper.",
    ],
  }),
  event_cancelled: (facts, locale) => ({
    subject: `Cancelled: ${mailWords(facts.event.title)}`,
    lines: [
      "This event was cancelled:",
      "",
      mailWords(facts.event.title),
      whenAndWhere(facts.event, [facts.event.venue.name, facts.event.venue.city], locale),
      ...(facts.because === null ? [] : ["", `Why: ${mailWords(facts.because)}`]),
      "",
      `Your order: ${facts.reference}`,
      ...moneyLines(facts, locale),
      "",
      facts.orderUrl,
    ],
  }),
  waitlist_offer: ({ event, expiresAtMs, seated, places, url }, locale) => {
    const what = seated ? "Seats" : "Standing places";
    const until = formatClock(expiresAtMs, { timeZone: event.timeZone, locale });
    return {
      subject: `${what} for you until ${until}: ${mailWords(event.title)}`,
      lines: [
        mailWords(event.title),
        whenAndWhere(event, [event.venue.name, event.venue.city], locale),
        "",
        `${what} came back, and it is your turn on the waitlist:`,
        ...places.map((place) => `  ${mailWords(place)}`),
        "",
        `They are kept for you until ${until} (${event.timeZone}). After that they go to the next fan; nothing is charged.`,
        "",
        `Pay for them or pass them on: ${url}`,
      ],
    };
  },
};

function whenAndWhere(
  { startsAtMs, timeZone }: EventFacts,
  where: readonly string[],
  locale: Locale,
): string {
  return `${formatInFull(startsAtMs, { timeZone, locale })}, ${mailWords(where.filter(Boolean).join(", "))}`;
}

function placeWords({ section, row, seat, ticketType }: PlaceFacts): string {
  const where = [section, row && `row ${row}`, seat && `seat ${seat}`].filter(Boolean).join(", ");
  return mailWords(`${where} (${ticketType})`);
}

/** Nothing goes back by itself, so nothing of that kind is promised. */
function moneyLines(
  { money, totalMinor, currency }: LetterFacts["event_cancelled"],
  locale: Locale,
): string[] {
  const amount = formatMoney(totalMinor, currency, locale);
  switch (money) {
    case "nothing_paid":
      return ["Your tickets are not valid any more.", "You paid nothing for them."];
    case "kept":
      return [
        "Your tickets are not valid any more.",
        `You paid ${amount}. It has not been returned yet: ask the organizer for it, with the number of your order.`,
      ];
    case "returned":
      return ["Your tickets are not valid any more.", `The ${amount} that you paid went back to you.`];
    case "never_taken":
      return ["It was not paid, and nothing was charged. What a bank had reserved for it was let go."];
  }
}

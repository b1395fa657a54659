import type { EventFacts, LetterFacts, LetterKind } from "@onsale/core/mail/letter";
import { expect, expectTypeOf, test } from "vitest";
import { makeMailWriter, writeMail } from "./write-mail.ts";
import { en } from "./words/en.ts";
import type { MailCatalog } from "./words/mail-catalog.ts";

const event: EventFacts = {
  title: "The Glass Orchard",
  startsAtMs: Date.UTC(2026, 11, 10, 18, 30),
  timeZone: "Europe/Zurich",
  venue: { name: "Lindenhof Theatre", address: "Lindenhof 4, 8001", city: "Zurich" },
};
const order = {
  event,
  reference: "M74Z-ZQ79",
  totalMinor: 16_730,
  currency: "CHF",
  orderUrl: "https://tickets.example/orders/1",
};
const to = { to: "fan@onsale.example", messageId: "m-1" };
const cancelled = (facts: Partial<LetterFacts["event_cancelled"]>) =>
  writeMail({ kind: "event_cancelled", ...to, facts: { ...order, because: null, money: "kept", ...facts } });

test("a kind of letter without words does not compile", () => {
  const { sign_up: _left, ...rest } = en;
  // @ts-expect-error sign_up has no words here
  const incomplete: MailCatalog = rest;
  expectTypeOf<keyof typeof en>().toEqualTypeOf<LetterKind>();
  expect(Object.keys(incomplete)).toHaveLength(Object.keys(en).length - 1);
});

test("the mail of a paid order names what, when at the venue, which places in people's words, the sum and where the tickets are", () => {
  const places = [
    { section: "Stalls left", row: "C", seat: "5", ticketType: "Child under 14" },
    { section: "Floor", row: null, seat: null, ticketType: "adult" },
  ];
  const mail = writeMail({ kind: "order_paid", ...to, facts: { ...order, places } });
  expect(mail.to).toBe("fan@onsale.example");
  expect(mail.subject).toBe("Your tickets: The Glass Orchard");
  expect(mail.text).toContain("Thursday, 10 December 2026");
  expect(mail.text).toContain("19:30, Lindenhof Theatre, Lindenhof 4, 8001 Zurich\n");
  expect(mail.text).toContain("Stalls left, row C, seat 5 (Child under 14)");
  expect(mail.text).toContain("  Floor (adult)");
  expect(mail.text).toContain("Paid: 167.30 CHF");
  expect(mail.text).toContain(order.orderUrl);
});

test("of a cancelled event: who paid hears that the tickets are void and that the money did not go back by itself", () => {
  const mail = cancelled({});
  expect(mail.subject).toBe("Cancelled: The Glass Orchard");
  expect(mail.text).toContain("Thursday, 10 December 2026");
  expect(mail.text).toContain("M74Z-ZQ79");
  expect(mail.text).toContain("You paid 167.30 CHF. It has not been returned yet");
  expect(mail.text).toContain(order.orderUrl);
  expect(cancelled({ money: "nothing_paid" }).text).not.toContain("returned");
  expect(cancelled({ money: "never_taken" }).text).toContain("nothing was charged");
  expect(cancelled({ money: "never_taken" }).text).not.toContain("You paid");
});

test("names in it become no links and no addresses", () => {
  const named = {
    ...event,
    title: "Refunds: pay.evil.example",
    venue: { name: "eve@evil.example", city: "http://x.test", address: "" },
  };
  const { subject, text } = cancelled({ event: named });
  expect(`${subject}${text}`).not.toMatch(/evil\.example|eve@|http:\/\/x/);
});

test("the mail of a cancelled event says why, where that was said, in words that lead nowhere", () => {
  const { text } = cancelled({ because: "The hall is flooded, see pay.evil.example" });
  expect(text).toContain("Why: The hall is flooded");
  expect(text).not.toContain("evil.example");
  expect(cancelled({}).text).not.toContain("Why:");
});

test("the mail that confirms an address says the code, where to enter it and for how long", () => {
  const facts = { code: "042137", goodForMs: 900_000, pageUrl: "https://tickets.example/verify-email" };
  const mail = writeMail({ kind: "verify_email", ...to, facts });
  expect(mail.subject).toContain("042 137");
  expect(mail.text).toContain(facts.pageUrl);
  expect(mail.text).toContain("15 minutes");
});

test("a mail has the numbers and the clock of whom it is written to", () => {
  const facts = { ...order, totalMinor: 1_167_305, places: [] };
  const paid = (locale: string) => writeMail({ kind: "order_paid", ...to, locale, facts }).text;
  expect(paid("de-CH")).toContain("Paid: 11’673.05 CHF");
  expect(paid("de-DE")).toContain("Paid: 11.673,05 CHF");
  expect(paid("en-US")).toContain("7:30 PM, Lindenhof Theatre");
  expect(paid("tlh")).toContain("Paid: 11,673.05 CHF");
});

test("a second language is one more catalogue: its readers get its words, everybody else English", () => {
  const de: MailCatalog = {
    ...en,
    password_set: () => ({ subject: "Ihr Passwort wurde geändert", lines: [] }),
  };
  const write = makeMailWriter({ en, de });
  const facts = { pageUrl: "https://tickets.example/reset" };
  const subject = (locale: string) => write({ kind: "password_set", ...to, locale, facts }).subject;
  expect(subject("de-AT")).toBe("Ihr Passwort wurde geändert");
  expect(subject("fr")).toBe("Your Onsale password was changed");
});

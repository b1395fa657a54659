import { WaitlistEntryId } from "@onsale/core/waitlist/waitlist";
import { expect, test } from "vitest";
import { listedWishWords, stateWords } from "./waitlist-words.ts";

const names = { levels: { stalls: "Stalls", balcony: "Balcony" }, sections: { s104: "104" } };
const ticketTypes = [{ key: "adult", label: "Adult" }];
const wishes = {
  quantity: 2,
  ticketType: "adult",
  together: true,
  categories: ["balcony", "stalls"],
  sections: ["s104"],
  maxPriceMinor: null,
};
const entry = {
  id: WaitlistEntryId.parse("1d0f6a52-7d0a-4d6c-8b2e-5a4c1b9e7f20"),
  email: "a@fans.example",
  lineNumber: null,
  state: "waiting" as const,
  ended: null,
  wishes,
  joinedAtMs: 0,
  offers: 0,
  offer: null,
};

test("wishes are said in labels, not in keys", () => {
  expect(listedWishWords(wishes, { names, ticketTypes })).toBe(
    "2 × Adult, side by side, Balcony or Stalls, section 104",
  );
  const one = { ...wishes, quantity: 1, categories: [], sections: [] };
  expect(listedWishWords(one, { names, ticketTypes: [] })).toBe("1 × adult, any price level");
});

test("a wait that goes on after an offer says so, and one that is over says how", () => {
  expect(stateWords(entry, "UTC")).toBe("Waiting");
  expect(stateWords({ ...entry, offers: 1 }, "UTC")).toBe("Waiting, had 1 offer");
  expect(stateWords({ ...entry, state: "over", ended: "lapsed" }, "UTC")).toBe("Did not answer the offer");
  const offer = { state: "open" as const, offeredAtMs: 0, expiresAtMs: Date.UTC(2027, 0, 2, 10, 30) };
  expect(stateWords({ ...entry, state: "offered", offer }, "UTC")).toMatch(/^Has an offer until .*10:30/);
});

import { expect, test } from "vitest";
import { nextSaid } from "./announce.ts";

test("figures are spoken at most every half minute, a turn at once", () => {
  const first = nextSaid(null, { key: "waiting", text: "200 ahead" }, 0);
  expect(nextSaid(first, { key: "waiting", text: "190 ahead" }, 29_000)).toBe(first);
  const later = nextSaid(first, { key: "waiting", text: "150 ahead" }, 30_000);
  expect(later.text).toBe("150 ahead");
  expect(nextSaid(later, { key: "turn", text: "It is your turn." }, 30_100).text).toBe("It is your turn.");
});

test("the same words are not said again", () => {
  const first = nextSaid(null, { key: "waiting", text: "200 ahead" }, 0);
  expect(nextSaid(first, { key: "waiting", text: "200 ahead" }, 90_000)).toBe(first);
});

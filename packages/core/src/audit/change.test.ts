import { expect, test } from "vitest";
import { changedMeanwhile } from "./change.ts";

const stale = {
  version: 4,
  changes: [
    {
      version: 3,
      by: "ana@house.example",
      atMs: Date.UTC(2026, 11, 1, 14, 3),
      fields: ["title", "startsAtMs"],
    },
    { version: 4, by: "ben@house.example", atMs: Date.UTC(2026, 11, 1, 14, 5), fields: ["genre"] },
  ],
};

test("a late save says who changed what and when, that nothing was saved, and how to go on", () => {
  const { code, message, details } = changedMeanwhile("details", stale);
  expect(code).toBe("change.stale");
  expect(message).toBe(
    "The details of this event were changed meanwhile by ana@house.example at 2026-12-01 14:03 UTC (title, startsAtMs); ben@house.example at 2026-12-01 14:05 UTC (genre). Nothing of yours was saved. Look at what stands there now and save again from it.",
  );
  expect(details).toEqual({ thing: "details", ...stale });
});

test("of prices it names who and when, and no field of the audit", () => {
  const { message } = changedMeanwhile("prices", stale);
  expect(message).toContain("by ana@house.example at 2026-12-01 14:03 UTC; ben@house.example");
  expect(message).not.toContain("title");
});

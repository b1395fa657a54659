import { expect, test } from "vitest";
import { changedMeanwhile } from "./change.ts";

const stale = {
  version: 4,
  changes: [
    {
      version: 3,
      by: "ana@onsale.example",
      atMs: Date.UTC(2026, 11, 1, 14, 3),
      fields: ["title", "startsAtMs"],
    },
    { version: 4, by: "ben@onsale.example", atMs: Date.UTC(2026, 11, 1, 14, 5), fields: ["genre"] },
  ],
};

test("a late save is told who changed what and when", () => {
  const { code, details } = changedMeanwhile("details", stale);
  expect(code).toBe("change.stale");
  expect(details).toEqual({ thing: "details", ...stale });
});

test("of prices it names who and when, and no field of the audit", () => {
  const { details } = changedMeanwhile("prices", stale);
  const changes = stale.changes.map((change) => ({ ...change, fields: [] }));
  expect(details).toEqual({ thing: "prices", version: 4, changes });
});

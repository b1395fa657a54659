import { expect, test } from "vitest";
import { formOf, readDraft } from "./event-draft-form.ts";

const venueId = "33333333-3333-4333-8333-333333333333";
const filled = {
  ...formOf(null, { venueId, timeZone: "Europe/Zurich" }),
  title: "Night Trains",
  slug: "night-trains",
  startsAt: "2027-07-01T20:00",
};

test("a filled form is a draft with the venue's times", () => {
  const read = readDraft(filled);
  expect(read).toMatchObject({
    draft: { startsAtMs: Date.UTC(2027, 6, 1, 18), layoutId: null, holdTtlMs: 300_000 },
  });
});

test("what is missing is named at its field", () => {
  const read = readDraft({
    ...filled,
    title: "",
    startsAt: "",
    windows: [{ kind: "public", label: "", opensAt: "", closesAt: "" }],
  });
  expect(read).toHaveProperty("faults");
  expect(Object.keys("faults" in read ? read.faults : {}).sort()).toEqual([
    "saleWindows",
    "startsAtMs",
    "title",
  ]);
});

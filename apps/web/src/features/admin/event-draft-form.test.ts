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
    windows: [{ kind: "public", label: "", opensAt: "", closesAt: "", key: "", allotment: "" }],
  });
  expect(read).toHaveProperty("faults");
  expect(Object.keys("faults" in read ? read.faults : {}).sort()).toEqual([
    "saleWindows",
    "startsAtMs",
    "title",
  ]);
});

const presale = {
  kind: "presale" as const,
  label: "Fan Club",
  opensAt: "2027-06-01T10:00",
  closesAt: "2027-06-02T10:00",
  key: "",
  allotment: "300",
};

test("a presale without a key gets one from its name, and keeps it when it is renamed", () => {
  const read = readDraft({ ...filled, windows: [presale] });
  expect(read).toMatchObject({ draft: { saleWindows: [{ key: "fan-club", allotment: 300 }] } });
  const renamed = readDraft({ ...filled, windows: [{ ...presale, key: "fan-club", label: "Members" }] });
  expect(renamed).toMatchObject({ draft: { saleWindows: [{ key: "fan-club", label: "Members" }] } });
});

test.each([
  [{ key: "Fan Club" }, "saleWindows.key"],
  [{ key: "public" }, "saleWindows"],
  [{ allotment: "many" }, "saleWindows.allotment"],
  [{ allotment: "0" }, "saleWindows.allotment"],
])("what a presale may not be is named: %j", (patch, field) => {
  expect(readDraft({ ...filled, windows: [{ ...presale, ...patch }] })).toMatchObject({
    faults: { [field]: expect.any(String) },
  });
});

test("two presales need two keys", () => {
  const read = readDraft({ ...filled, windows: [presale, { ...presale, allotment: "" }] });
  expect(read).toHaveProperty("faults.saleWindows");
});

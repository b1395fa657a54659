import { expect, test } from "vitest";
import { EventDraft, type SaleWindow } from "./event.ts";
import { withOwnKeys } from "./import-window-keys.ts";
import { windowKeyOf } from "./window-key.ts";

const presale = (label: string): SaleWindow => ({ kind: "presale", label, opensAtMs: 1, closesAtMs: 2 });
const keysOf = (...labels: string[]) =>
  withOwnKeys(labels.map(presale), (label) => label.replace("子ども", "Zi domo")).map(windowKeyOf);

test("presales that a feed calls the same are told apart by number, others keep the key of their label", () => {
  expect(keysOf("Fan Club", "Fan club!", "FAN CLUB", "Sponsors")).toEqual([
    "fan-club",
    "fan-club-2",
    "fan-club-3",
    "sponsors",
  ]);
  expect(keysOf("Fans", "Fans", "Fans 2")).toEqual(["fans", "fans-2", "fans-2-2"]);
  const alone = [presale("Sponsors"), { ...presale("Sponsors"), kind: "public" as const }];
  expect(withOwnKeys(alone, String)).toEqual(alone);
});

test("an event with as many presales of one long name as it may have can be created", () => {
  const label = `${"a".repeat(36)} ${"b".repeat(43)}`;
  const saleWindows = withOwnKeys(
    Array.from({ length: 20 }, () => presale(label)),
    String,
  );
  expect(new Set(saleWindows.map(windowKeyOf)).size).toBe(20);
  expect(EventDraft.pick({ saleWindows: true }).safeParse({ saleWindows }).success).toBe(true);
});

test("a presale in any script has a key, and two of them have two", () => {
  expect(keysOf("früh", "子ども", "🎷", "public")).toEqual(["fruh", "zi-domo", "presale-1f3b7", "presale"]);
  // Without a table of letters, as through the API: not readable, and not the same.
  const keys = ["früh", "子ども", "会員", "public"].map((label) => windowKeyOf({ kind: "presale", label }));
  expect(keys).toEqual(["fruh", "presale-5b50-3069-3082", "presale-4f1a-54e1", "presale"]);
});

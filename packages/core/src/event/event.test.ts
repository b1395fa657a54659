import { expect, test } from "vitest";
import { schemaFaults } from "../shared/schema-faults.ts";
import { EventDraft } from "./event.ts";

const refusalsOf = (...windows: { kind: "public" | "presale"; key?: string; label: string }[]) => {
  const saleWindows = windows.map((window) => ({ ...window, opensAtMs: 1, closesAtMs: 2 }));
  const { error } = EventDraft.pick({ saleWindows: true }).safeParse({ saleWindows });
  return schemaFaults(error?.issues ?? []);
};

test.each([
  ["both given", { key: "members", label: "Members" }, { key: "members", label: "Friends" }],
  ["one made from its label", { key: "members", label: "Early" }, { label: "Members" }],
  ["both made from labels", { label: "Fan club!" }, { label: "FAN CLUB" }],
  ["both without a Latin letter in their labels", { label: "預售" }, { label: "預售" }],
])("two presales with the same key are refused by their names: %s", (_, one, other) => {
  const [refusal, ...more] = refusalsOf({ kind: "presale", ...one }, { kind: "presale", ...other });
  expect(more).toEqual([]);
  expect(refusal).toMatchObject({
    path: "saleWindows.1.key",
    rule: { name: "presale_key_twice", details: { one: one.label, other: other.label } },
  });
});

test("presales whose labels have no Latin letter have keys of their own", () => {
  expect(refusalsOf({ kind: "presale", label: "預售" }, { kind: "presale", label: "先行" })).toEqual([]);
});

test("presales with keys of their own may have one name, and public windows all have the same key", () => {
  const refusals = refusalsOf(
    { kind: "presale", key: "members", label: "Early" },
    { kind: "presale", key: "sponsors", label: "Early" },
    { kind: "presale", label: "Early" },
    { kind: "public", label: "Members" },
    { kind: "public", label: "Members" },
  );
  expect(refusals).toEqual([]);
});

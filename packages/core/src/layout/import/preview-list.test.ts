import { expect, test } from "vitest";
import { importLayout } from "./import-layout.ts";
import { previewList } from "./preview-list.ts";

const LIST = "Case Hall,,,\nBlock,Reihe,Nr,Was\nNorth,5,1,x\nNorth,5,2,y\n";

test("a table is shown with its header, its first lines and the columns an import would take", () => {
  expect(previewList(LIST)).toEqual({
    header: ["Block", "Reihe", "Nr", "Was"],
    rows: [
      ["North", "5", "1", "x"],
      ["North", "5", "2", "y"],
    ],
    columns: { section: 0, row: 1, seat: 2 },
  });
});

test("chosen columns are shown, and the import takes what is shown", () => {
  const csvColumns = { section: "#1", row: "#3", seat: "#2", category: "#4" };
  expect(previewList(LIST, { csvColumns })?.columns).toEqual({ section: 0, row: 2, seat: 1, category: 3 });
  const { layout } = importLayout(LIST, { csvColumns });
  expect(layout?.sections).toMatchObject([
    { rows: [{ label: "1", seats: [{ label: "5" }] }, { label: "2" }] },
  ]);
});

test("a header that says nothing here is shown too, so that columns can be chosen at all", () => {
  const text = "a;b;c\nNorth;5;1\n";
  expect(previewList(text)?.columns).toEqual({});
  expect(importLayout(text)).toMatchObject({ ok: false });
  expect(importLayout(text, { csvColumns: { section: "#1", row: "#2", seat: "#3" } })).toMatchObject({
    ok: true,
  });
});

test("a title above a header that says nothing here is no header, and no seat either", () => {
  const text = "Saalplan 2027;;;\nA;B;C;D\nNorth;5;1;x\n";
  expect(previewList(text)?.header).toEqual(["A", "B", "C", "D"]);
  const { layout } = importLayout(text, { csvColumns: { section: "#1", row: "#2", seat: "#3" } });
  expect(layout?.sections).toMatchObject([
    { label: "North", rows: [{ label: "5", seats: [{ label: "1" }] }] },
  ]);
});

test("what is no table has no columns to choose", () => {
  for (const text of ['{"zones":[]}', "  <svg/>", "", "word\nword\n"]) expect(previewList(text)).toBeNull();
});

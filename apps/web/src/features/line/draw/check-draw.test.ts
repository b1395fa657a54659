import { commitmentOf, drawOrder } from "@onsale/core/line/draw";
import { merkleRootOf } from "@onsale/core/line/merkle";
import { expect, test } from "vitest";
import { checkDraw } from "./check-draw.ts";

const seed = "5a".repeat(32);
const entries = Array.from({ length: 100 }, (_, n) => (n + 1).toString(16).padStart(32, "0"));
const file = {
  version: 1,
  event: "1d0f6a52-7d0a-4d6c-8b2e-5a4c1b9e7f20",
  commitment: commitmentOf(seed),
  seed,
  publicValue: null,
  entriesRoot: merkleRootOf([...entries].sort()),
  entries: drawOrder({ seed, publicValue: null, entries }),
};
const go = () => Promise.resolve();
const [first = ""] = file.entries;

test("a draw that follows the rule holds, and a fan's own entry has a place and a path to the root", async () => {
  const report = await checkDraw(JSON.stringify(file), { seen: {}, entry: first }, go);
  expect(report.verdict).toEqual({ kind: "holds", entries: 100, place: 1 });
  expect(report.inclusion?.holds).toBe(true);
  expect(report.inclusion?.path).toHaveLength(7);
});

test("a file that fits itself but not what was published before is refused", async () => {
  const report = await checkDraw(
    JSON.stringify(file),
    { seen: { commitment: "00".repeat(32) }, entry: null },
    go,
  );
  expect(report.verdict).toMatchObject({ kind: "refused", why: "commitment" });
});

test("two fans who changed places are found", async () => {
  const [a = "", b = "", ...rest] = file.entries;
  const swapped = JSON.stringify({ ...file, entries: [b, a, ...rest] });
  const report = await checkDraw(swapped, { seen: {}, entry: null }, go);
  expect(report.verdict).toMatchObject({ kind: "refused", why: "order", at: 2 });
});

test("who was not drawn is told so, and the draw itself still holds", async () => {
  const report = await checkDraw(JSON.stringify(file), { seen: {}, entry: "ff".repeat(16) }, go);
  expect(report.verdict).toMatchObject({ kind: "refused", why: "not_in_draw" });
  expect(report).toMatchObject({ entries: 100, inclusion: null });
});

test("what is no draw at all is refused and not thrown", async () => {
  for (const text of ["", "[]", "{", '{"version":1}'])
    expect((await checkDraw(text, { seen: {}, entry: null }, go)).verdict).toMatchObject({
      why: "not_a_draw",
    });
});

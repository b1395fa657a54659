import { expect, test } from "vitest";
import { makeBoundedNotes, NOTED_EVERY_MS } from "./bounded-notes.ts";

type Written = { kind: string; said: string; leftOut: number };

function notes() {
  const written: Written[] = [];
  let now = 0;
  const note = makeBoundedNotes({ nowMs: () => now, write: (one) => written.push(one) });
  return { written, note, pass: (ms: number) => (now += ms) };
}

test("a flood of one kind is one line a minute, and the next line counts what it stands for", () => {
  const { written, note, pass } = notes();
  for (let n = 0; n < 10_000; n++) note("Refused", "no");
  expect(written).toEqual([{ kind: "Refused", said: "no", leftOut: 0 }]);
  pass(NOTED_EVERY_MS);
  note("Refused", "no");
  expect(written[1]).toEqual({ kind: "Refused", said: "no", leftOut: 9_999 });
});

test("a flood of ever new kinds and long words is bounded too", () => {
  const { written, note } = notes();
  for (let n = 0; n < 10_000; n++) note(`kind ${n}`, "x".repeat(10_000));
  expect(written.length).toBeLessThan(100);
  expect(written.every(({ said }) => said.length <= 200)).toBe(true);
});

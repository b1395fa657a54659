import { expect, test } from "vitest";
import { layTable, makeOutput, type Terminal } from "./output.ts";
import { makeProgress } from "./progress.ts";

const plain = (text: string) => text;
const PAINT = { head: plain, good: plain, bad: plain, plain };

function capture(over: Partial<Terminal> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    stdoutIsTty: false,
    stderrIsTty: false,
    wantsColor: null,
    columns: 80,
    ...over,
  };
  return { terminal, output: makeOutput(terminal), out: () => out.join(""), err: () => err.join("") };
}

test("columns line up, numbers to the right, wide letters counted as two", () => {
  const rows = [
    { name: "東京", count: 7 },
    { name: "Basel", count: 12_345 },
  ];
  expect(
    layTable(
      rows,
      [
        { head: "city", of: (row) => row.name },
        { head: "seats", of: (row) => row.count },
      ],
      PAINT,
    ),
  ).toEqual(["city    seats", "東京        7", "Basel  12,345"]);
});

test("control characters of a file's names do not reach the terminal", () => {
  const [, line] = layTable(
    [{ name: "a\u001B[31mb\u0007\nc" }],
    [{ head: "x", of: (row) => row.name }],
    PAINT,
  );
  expect(line).toBe("a [31mb c");
});

test("marks that turn a line around or cannot be seen are named instead of sent to the terminal", () => {
  const names = ["Seat \u202E7", "Seat 7\u200B", "Seat\u00AD 7"].map((name) => ({ name }));
  expect(layTable(names, [{ head: "x", of: (row) => row.name }], PAINT).slice(1)).toEqual([
    "Seat <U+202E>7",
    "Seat 7<U+200B>",
    "Seat<U+00AD> 7",
  ]);
});

test("a pipe gets no colour and no progress; a terminal gets both; NO_COLOR keeps the bar", () => {
  const pipe = capture();
  pipe.output.good("done");
  makeProgress(pipe.terminal, "seeding", 10).step(5);
  expect([pipe.out(), pipe.err()]).toEqual(["✓ done\n", ""]);

  const tty = capture({ stdoutIsTty: true, stderrIsTty: true });
  tty.output.good("done");
  makeProgress(tty.terminal, "seeding", 10).step(5);
  expect(tty.out()).toBe("\u001B[32m✓\u001B[39m done\n");
  expect(tty.err()).toContain("50%");

  const noColor = capture({ stdoutIsTty: true, stderrIsTty: true, wantsColor: false });
  noColor.output.bad("no");
  makeProgress(noColor.terminal, "seeding", 10).step(10);
  expect(noColor.out()).toBe("✗ no\n");
  expect(noColor.err()).toContain("100%");
});

test("words go to stderr and data to stdout, one JSON object per line", () => {
  const { output, out, err } = capture();
  output.json({ ok: true });
  output.note("a hint");
  output.fail("a fault");
  expect(out()).toBe('{"ok":true}\n');
  expect(err()).toBe("a hint\n✗ a fault\n");
});

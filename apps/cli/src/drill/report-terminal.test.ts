import { expect, test } from "vitest";
import { makeOutput } from "../output.ts";
import { printDrillReport } from "./report-terminal.ts";
import { signReport } from "./report-signature.ts";
import { sampleReport } from "./testing/sample-report.ts";

function printed(report: ReturnType<typeof sampleReport>): string {
  const out: string[] = [];
  const output = makeOutput({
    stdout: (text) => void out.push(text),
    stderr: () => undefined,
    stdoutIsTty: false,
    stderrIsTty: false,
    wantsColor: null,
    columns: 100,
  });
  printDrillReport(output, signReport(report, { seed: "A".repeat(43), nowMs: 0 }));
  return out.join("");
}

test("ends with the verdict, after a sign for every target", () => {
  const report = sampleReport();
  const lines = printed(report).trimEnd().split("\n");
  expect(lines.at(-1)).toMatch(/^✓ Sold out: 200 sold, 0 oversold, .* all \d+ targets met$/);
  for (const { name } of report.slos) expect(lines.some((line) => line.startsWith(`✓  ${name} `))).toBe(true);
});

test("tells of the line, the draw, bots, faults and the key", () => {
  const text = printed(sampleReport());
  expect(text).toMatch(/inside +✓ at most 40 of 40, 0 above the cap in 60 looks/);
  expect(text).toMatch(/the draw +✓ 270 entries recomputed, 3 inclusion paths checked/);
  expect(text).toContain("✓ 20 tickets, 10 % of all; 0 beyond the limit or without a pass");
  expect(text).toMatch(/✓ T\+3 s flush-redis: Done at T\+3 s in 4 ms; holds again after 1 s/);
  expect(text).toMatch(/signed by +SHA256:/);
});

test("a missed target, a fault that went too far and a failure carry a sign that needs no colour", () => {
  const good = sampleReport();
  const [first, ...rest] = good.slos;
  const slos = first ? [{ ...first, value: 2, ok: false }, ...rest] : [];
  const faults = good.faults.map((fault) => ({
    ...fault,
    onlyAllowed: false,
    beyond: ["no hold within 25 s"],
  }));
  const text = printed({ ...good, ok: false, failures: ["places sold twice: 2, must be 0"], slos, faults });
  expect(text).toMatch(/^✗ {2}places sold twice +2 +0$/m);
  expect(text).toMatch(/^✗ T\+3 s flush-redis/m);
  expect(text).toContain("not allowed: no hold within 25 s");
  expect(text.trimEnd().split("\n").at(-1)).toBe("✗ places sold twice: 2, must be 0");
});

test("a sale without line, bots and faults says nothing of them", () => {
  expect(printed(sampleReport({ line: null, bots: null, faults: [] }))).not.toMatch(/^the line|^bots |T\+/m);
});

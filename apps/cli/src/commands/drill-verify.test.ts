import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { commitmentOf, drawOrder } from "@onsale/core/line/draw";
import { type DrawFile, drawFileText } from "@onsale/core/line/draw-file";
import { merkleRootOf } from "@onsale/core/line/merkle";
import { EventId } from "@onsale/core/shared/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signReport } from "../drill/report-signature.ts";
import { sampleLine, sampleReport } from "../drill/testing/sample-report.ts";
import { makeOutput } from "../output.ts";
import { runCli } from "../program.ts";

const key = { seed: Buffer.alloc(32, 3).toString("base64url"), nowMs: Date.UTC(2026, 4, 2) };
const SEED = "5e".repeat(32);
const joined = Array.from({ length: 270 }, (_, n) => n.toString(16).padStart(32, "0"));
const draw: DrawFile = {
  version: 1,
  event: EventId.parse("018f4e4e-7a3b-7c2d-9e1f-6a7b8c9d0e1f"),
  commitment: commitmentOf(SEED),
  seed: SEED,
  publicValue: null,
  entriesRoot: merkleRootOf(joined),
  entries: drawOrder({ seed: SEED, publicValue: null, entries: joined }),
};
const told = { ...sampleLine.draw, file: "draw.json", verified: true, problem: null, proofs: 3 } as const;
const { commitment, entriesRoot } = draw;
const signed = signReport(
  sampleReport({ line: { ...sampleLine, draw: { ...told, entries: 270, commitment, entriesRoot } } }),
  key,
);

let folder = "";
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "drill-verify-"))));
afterAll(() => rm(folder, { recursive: true }));

async function verify(files: { report: string; draw?: string }, ...more: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const file = async (name: string, text: string) => {
    await writeFile(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const args = ["drill", "verify", await file("report.json", files.report), ...more];
  if (files.draw !== undefined) args.push("--draw", await file("draw.json", files.draw));
  const code = await runCli(args, {
    output: makeOutput({
      stdout: (text) => void out.push(text),
      stderr: (text) => void err.push(text),
      stdoutIsTty: false,
      stderrIsTty: false,
      wantsColor: null,
      columns: 100,
    }),
    env: { REPORT_SIGNING_KEY: Buffer.alloc(32, 4).toString("base64url") },
    container: () => Promise.reject(new Error("a check opens no service")),
    signal: new AbortController().signal,
  });
  return { code, out: out.join(""), err: err.join("") };
}
const report = JSON.stringify(signed);

test("a report holds with its draw, and says that nobody vouched for its key", async () => {
  const { code, out, err } = await verify({ report, draw: drawFileText(draw) });
  expect([code, err]).toEqual([0, expect.stringContaining("--public-key")]);
  expect(out).toContain("a key that nobody vouched for");
  expect(out).toContain("the draw of 270 entries");
});

test("as JSON it says who signed and what was checked", async () => {
  const { publicKey } = signed.signature;
  const { code, out } = await verify({ report }, "--public-key", publicKey, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    held: true,
    signer: { publicKey, whose: "asked" },
    draw: null,
  });
});

test("refused with 2: an altered report, another key, another draw, a draw that breaks its rule", async () => {
  const altered = report.replace('"oversold":0', '"oversold":1');
  expect(await verify({ report: altered })).toMatchObject({ code: 2, out: "" });
  const other = signReport(sampleReport(), { ...key, seed: "B".repeat(43) }).signature.publicKey;
  expect((await verify({ report }, "--public-key", other)).err).toContain("another key");
  const later = { ...draw, entriesRoot: "0".repeat(64) };
  expect((await verify({ report, draw: drawFileText(later) })).err).toContain("line.draw");
  const swapped = { ...draw, entries: draw.entries.toReversed() };
  const { code, err } = await verify({ report, draw: drawFileText(swapped) });
  expect([code, err]).toEqual([2, expect.stringContaining("not in the order")]);
});

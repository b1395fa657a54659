import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeRandom } from "@onsale/core/drill/random";
import { AppError } from "@onsale/core/shared/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fingerprintOf, signReport } from "./report-signature.ts";
import { knownSigningKey, reportSigningKey } from "./report-signature-key.ts";
import { verifyReport } from "./report-verify.ts";
import { sampleReport } from "./testing/sample-report.ts";

const seed = Buffer.alloc(32, 7).toString("base64url");
const foreign = Buffer.alloc(32, 9).toString("base64url");
const nowMs = Date.UTC(2026, 4, 2, 10, 5);
const report = sampleReport({ commit: "0badcafe".repeat(5) });
const signed = signReport(report, { seed, nowMs });
const text = JSON.stringify(signed, null, 2);

function whyRefused(altered: string, publicKey?: string): Record<string, unknown> | null {
  try {
    verifyReport(altered, { publicKey });
    return null;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "report.refused") throw error;
    return { ...error.details };
  }
}

test("a report holds as it was written, however it is indented and in whatever order its fields stand", () => {
  expect(verifyReport(text, {})).toEqual(signed);
  expect(whyRefused(JSON.stringify(signed))).toBeNull();
  expect(
    whyRefused(JSON.stringify(Object.fromEntries(Object.entries(signed).reverse()), null, 7)),
  ).toBeNull();
});

/** Without the white space between values, which means nothing. */
const dense = (json: string) => json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");

const CLASSES: readonly (readonly [name: string, of: RegExp, by: string])[] = [
  ["a digit by another", /[0-9]/, "0123456789"],
  ["a letter by another", /[A-Za-z]/, "abcdefghijklmnopqrstuvwxyzABCDEFXYZ"],
  ["a mark by another", /[{}[\]",:.\-_/+]/, '{}[]",:.-_/+'],
  ["any byte by any", /[\s\S]/, '\u0000\u0001\t\n "0a\\{\u007Fé𝄞'],
];

/** Every kind of value a few times: what is signed is one text, so more of the same says no more. */
const short = JSON.stringify(
  signReport(
    {
      ...report,
      line: report.line && {
        ...report.line,
        admitted: 4,
        fans: report.line.fans.slice(0, 4),
        waves: report.line.waves.slice(0, 2),
        depth: report.line.depth.slice(0, 2),
      },
      slos: report.slos.slice(0, 3),
      bots: report.bots && { ...report.bots, kinds: report.bots.kinds.slice(0, 2) },
    },
    { seed, nowMs },
  ),
  null,
  1,
);

test("10,000 reports with something altered are refused, whatever class of byte it is", () => {
  const random = makeRandom(1, 3);
  const pick = (from: string) => from[random.between(0, from.length - 1)] ?? "";
  const tried = { altered: 0, alike: 0 };
  const passed: string[] = [];
  const same = dense(short);
  for (let n = 0; n < 10_000; n += 1) {
    const [, of, by] = CLASSES[n % CLASSES.length] ?? ["", /./, "0"];
    let at = random.between(0, short.length - 1);
    while (!of.test(short[at] ?? "")) at = (at + 1) % short.length;
    const kind = n % 5;
    const [before, after] = [short.slice(0, at), short.slice(at + 1)];
    const altered =
      kind === 3
        ? before + after
        : kind === 4
          ? before + pick(by) + (short[at] ?? "") + after
          : before + pick(by) + after;
    if (dense(altered) === same) {
      tried.alike += 1;
      continue;
    }
    tried.altered += 1;
    if (whyRefused(altered) === null) passed.push(`${at}: ${altered.slice(at - 20, at + 20)}`);
  }
  expect(passed).toEqual([]);
  expect(tried.altered).toBeGreaterThan(8_000);
}, 120_000);

describe("an altered report says where", () => {
  const altered = (change: (copy: Record<string, unknown>) => void) => {
    const copy = JSON.parse(text) as Record<string, unknown>;
    change(copy);
    return JSON.stringify(copy);
  };
  const signature = (change: Record<string, unknown>) =>
    altered((copy) => Object.assign(copy["signature"] as object, change));

  test.each([
    ["a figure", altered((copy) => (copy["oversold"] = 1)), "signature"],
    ["commit", altered((copy) => (copy["commit"] = "f".repeat(40))), "signature"],
    ["seed", altered((copy) => (copy["seed"] = 2)), "signature"],
    ["machine", altered((copy) => Object.assign(copy["machine"] as object, { cpus: 64 })), "signature"],
    ["a field more", altered((copy) => (copy["note"] = "fine")), "signature"],
    ["a field less", altered((copy) => delete copy["drift"]), "signature"],
    ["the time of signing", signature({ signedAt: "2027-01-01T00:00:00.000Z" }), "signature"],
    ["the key", signature({ publicKey: "A".repeat(43) }), "signature"],
    ["the algorithm", signature({ algorithm: "none" }), "not_a_report"],
    ["no signature", altered((copy) => delete copy["signature"]), "not_a_report"],
    ["a name twice", text.replace(/\{/, '{"ok":true,'), "spelling"],
    ["a number in another form", text.replace('"version": 2', '"version": 2.0'), "spelling"],
    ["a lone surrogate", altered((copy) => (copy["drill"] = "\uD800")), "signature"],
    ["half of it", text.slice(0, text.length / 2), "not_json"],
    ["null", "null", "not_a_report"],
  ])("%s", (_, changed, why) => {
    expect(whyRefused(changed)).toMatchObject({ why });
  });

  test("the last character of a signature has one form, though others decode to the same bytes", () => {
    const last = signed.signature.value.at(-1) ?? "";
    const alike = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
      .split("")
      .filter(
        (char) =>
          char !== last &&
          Buffer.from(signed.signature.value.slice(0, -1) + char, "base64url").equals(
            Buffer.from(signed.signature.value, "base64url"),
          ),
      );
    expect(alike).toHaveLength(15);
    for (const char of alike)
      expect(whyRefused(signature({ value: signed.signature.value.slice(0, -1) + char }))).toMatchObject({
        why: "signature",
      });
  });
});

const QUICK = { count: 1, p50Ms: 1, p95Ms: 1, p99Ms: 1, maxMs: 1, perSecond: 1 };

describe("what was signed must be a report whose figures agree", () => {
  const resigned = (changes: Parameters<typeof sampleReport>[0]) =>
    whyRefused(JSON.stringify(signReport({ ...report, ...changes }, { seed, nowMs })));

  test.each([
    [{ sold: 199 }, "sold"],
    [{ free: 3 }, "free"],
    [{ seats: 300 }, "seats"],
    [{ soldOut: false }, "soldOut"],
    [{ ok: false }, "ok"],
    [{ violations: 1 }, "violations"],
    [{ errors: { "hold.seats_taken": 61 } }, "errors"],
    [{ outcomes: { bought: 299 } }, "outcomes"],
    [{ hung: 1 }, 'slos["requests without an answer after 10 s"]'],
    [{ orderInversions: 1 }, 'slos["overtakings after the draw"]'],
    [{ slos: report.slos.slice(1) }, "slos"],
    [{ botTickets: 0 }, "botTickets"],
    [{ line: report.line && { ...report.line, admitted: 131 } }, "line.fans"],
    [{ stepsBesideFaults: null }, "stepsBesideFaults"],
    [{ stepsBesideFaults: { ...report.steps, nothing: QUICK } }, "stepsBesideFaults"],
    [{ line: report.line && { ...report.line, mostActive: 1 } }, "line.mostActive"],
  ] as const)("case %#", (changes, at) => {
    expect(resigned(changes)).toMatchObject({ why: "totals", at });
  });

  test("a field of the wrong kind is named by its place", () => {
    const [first, ...rest] = report.timeline;
    const odd = [{ ...first, holds: "many" }, ...rest] as unknown as typeof report.timeline;
    expect(resigned({ timeline: odd })).toMatchObject({ why: "not_a_report", at: "timeline.0.holds" });
  });
});

test("a report that another key signed holds for nobody who asked for a certain one", () => {
  const other = JSON.stringify(signReport(report, { seed: foreign, nowMs }));
  expect(whyRefused(other)).toBeNull();
  expect(whyRefused(other, signed.signature.publicKey)).toMatchObject({
    why: "key",
    fingerprint: expect.any(String),
  });
  expect(whyRefused(text, signed.signature.publicKey)).toBeNull();
});

describe("the key", () => {
  let folder = "";
  beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "report-key-"))));
  afterAll(() => rm(folder, { recursive: true }));

  test("is made once, also when two drills start at once, and read by its owner alone", async () => {
    const stateDir = path.join(folder, "state");
    expect(await knownSigningKey({}, stateDir)).toBeNull();
    const keys = await Promise.all(Array.from({ length: 8 }, () => reportSigningKey({}, stateDir)));
    expect(new Set(keys).size).toBe(1);
    expect(await knownSigningKey({}, stateDir)).toBe(keys[0]);
    const file = path.join(stateDir, "report-signing-key");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, "utf8")).trim()).toBe(keys[0]);
  });

  test("is the one of the environment when it has one, and refused when that is none", async () => {
    expect(await reportSigningKey({ REPORT_SIGNING_KEY: seed }, folder)).toBe(seed);
    await expect(reportSigningKey({ REPORT_SIGNING_KEY: "short" }, folder)).rejects.toMatchObject({
      code: "input.invalid",
    });
  });

  test("has a short form to compare by", () => {
    expect(fingerprintOf(signed.signature.publicKey)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });
});

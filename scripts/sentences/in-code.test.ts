import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";

import { checkSentences } from "../check-sentences.ts";
import { sentencesIn } from "./in-code.ts";

test.each([
  ["a message", 'throw refusal({ code: "x", message: "no such seat" });'],
  ["a message", "const message = `${row} has no seats`;"],
  ["the words of a schema's error", 'z.string().refine(isIt, { error: "no language tag" })'],
  ["the words of a rule", 'z.string().regex(/^[a-z]{3}$/, "three small letters")'],
  ["the words of a rule", "z\n  .string()\n  .min(\n    10,\n    'at least 10 characters',\n  )"],
  ["a sentence", 'say(line, "Nobody joins any more.");'],
  ["a sentence", "return `${count} orders wait; is a worker running?`;"],
])("%s that stands in code is found with its line", (name, code) => {
  const [fault, ...more] = sentencesIn("core/a.ts", `const a = 1;\n${code}\n`);
  expect(fault).toMatch(new RegExp(`^core/a\\.ts:\\d+: ${name}: `));
  expect(more).toEqual([]);
});

test.each([
  ["a comment", '/** Says "Nobody joins any more." to nobody. */\n// message: "no such seat"\nconst a = 1;'],
  ["a code", 'throw new AppError("hold.not_found"); const message = "rule:email";'],
  ["the rule of a schema", "z.string().regex(/^a b$/, rule('slug')).min(1)"],
  ["what says a fault of ours", 'must(found, "the layout of an event"); assert(ok, "a lease");'],
  ["a template of a query", "const text = `select count(*) from seat`;"],
])("%s is no sentence", (_, code) => {
  expect(sentencesIn("core/a.ts", code)).toEqual([]);
});

test("one planted in core turns the check red, in a catalogue or a test it does not", () => {
  const tree = mkdtempSync(path.join(os.tmpdir(), "onsale-sentences-"));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  };
  const sentence = 'export const said = { message: "The doors open after the start." };\n';
  try {
    expect(checkSentences(tree).faults).toEqual(["no files found"]);
    write("packages/core/src/event/event.ts", "export const code = 'event.doors_late';\n");
    write("packages/core/src/event/event.test.ts", sentence);
    write("packages/providers/src/mail/words/en.ts", sentence);
    expect(checkSentences(tree).faults).toEqual([]);
    write("packages/core/src/event/event.ts", sentence);
    expect(checkSentences(tree).faults).toEqual([
      'packages/core/src/event/event.ts:1: a message: "The doors open after the start."',
    ]);
  } finally {
    rmSync(tree, { recursive: true });
  }
});

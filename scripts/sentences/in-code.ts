/** A text that people would read: several words in a string. What is said to no reader is no sentence here: logs, and thrown faults of ours. */
const TEXT = String.raw`(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\x60(?:[^\x60\\]|\\.)*\x60)`;

const KINDS = [
  // A sentence beside a code: `message: "..."`, `const message = "..."`.
  { name: "a message", pattern: new RegExp(String.raw`\bmessage\s*[:=]\s*(${TEXT})`, "g") },
  { name: "the words of a schema's error", pattern: new RegExp(String.raw`\berror\s*:\s*(${TEXT})`, "g") },
  // `.refine(isIt, "...")`, `.regex(/.../, "...")`, `.min(1, "...")`.
  {
    name: "the words of a rule",
    pattern: new RegExp(
      String.raw`\.(?:refine|regex|min|max|length|multipleOf|startsWith|endsWith)\([^;]*?,\s*(${TEXT})\s*,?\s*\)`,
      "g",
    ),
  },
  // Capital first, full stop last: whatever it is given to.
  { name: "a sentence", pattern: new RegExp(String.raw`(?<![\w)])(${TEXT})`, "g") },
];

const isWords = (text: string) => /\p{L}\s+\S*\p{L}/u.test(text);
const isSentence = (text: string) => /^(?:[A-Z]|\$\{)[^<]*\s\S+\s.*[.?!]$/s.test(text) && isWords(text);

/** Comments say what they like; the lines keep their numbers. */
function withoutComments(source: string): string {
  return source.replaceAll(new RegExp(String.raw`${TEXT}|/\*[\s\S]*?\*/|(?<=^|\s)//[^\n]*`, "g"), (found) =>
    /^\/[*/]/.test(found) ? found.replaceAll(/[^\n]/g, " ") : found,
  );
}

/** Every sentence that stands in a source, a line each. */
export function sentencesIn(file: string, source: string): string[] {
  const code = withoutComments(source);
  const found = new Map<number, string>();
  for (const { name, pattern } of KINDS)
    for (const match of code.matchAll(pattern)) {
      const text = (match[1] ?? "").slice(1, -1);
      const at = match.index + match[0].indexOf(match[1] ?? "");
      if (found.has(at) || !(name === "a sentence" ? isSentence(text) : isWords(text))) continue;
      const line = code.slice(0, at).split("\n").length;
      found.set(at, `${file}:${line}: ${name}: ${JSON.stringify(text.slice(0, 60))}`);
    }
  return [...found.entries()].toSorted(([a], [b]) => a - b).map(([, fault]) => fault);
}

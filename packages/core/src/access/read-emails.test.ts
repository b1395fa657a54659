import { expect, test } from "vitest";
import { EMAILS_MAX } from "./access.ts";
import { codesCsv } from "./codes-csv.ts";
import { readEmails } from "./read-emails.ts";

test("a list is one address a line, each taken once, in lower case", () => {
  expect(readEmails("Ada@Example.org\r\n\r\nbob@example.org\nADA@example.org\n")).toEqual({
    emails: ["ada@example.org", "bob@example.org"],
    problems: [],
  });
});

test("a CSV is read by its e-mail column, wherever it stands, or by the first with an @", () => {
  expect(readEmails("name;E-Mail\nAda;ada@example.org\n").emails).toEqual(["ada@example.org"]);
  expect(readEmails("Ada,ada@example.org\nBob,bob@example.org").emails).toEqual([
    "ada@example.org",
    "bob@example.org",
  ]);
});

test("what is no address is named with its line", () => {
  const { problems } = readEmails("email\nada@example.org\nnobody\n\n@example.org\n");
  expect(problems.map(({ path }) => path)).toEqual(["line 3", "line 5"]);
  expect(readEmails("").problems).toHaveLength(1);
  expect(readEmails('"ada@example.org').problems).toMatchObject([{ path: "line 1" }]);
});

test("a list that is too long is refused, not cut", () => {
  const text = Array.from({ length: EMAILS_MAX + 1 }, (_, n) => `f${n}@x.org`).join("\n");
  expect(readEmails(text).problems).toHaveLength(1);
});

test("codes leave as CSV that no spreadsheet runs as a formula", () => {
  const csv = codesCsv({
    event: "show",
    windowKey: "fans",
    label: "=HYPERLINK(1)",
    usesEach: 1,
    expiresAtMs: null,
    codes: ["ABCD-EFGH-JKMN"],
  });
  expect(csv).toBe("code,event,presale,label,uses,expires\r\nABCD-EFGH-JKMN,show,fans,'=HYPERLINK(1),1,\r\n");
});

import { expect, test } from "vitest";
import { decodeText } from "../shared/decode-text.ts";
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

test("the Unicode and the punycode spelling of an address are one, whatever may stand before the @", () => {
  const list = [
    "E-Mail",
    "ada@münchen-case.example",
    "ada@xn--mnchen-case-thb.example",
    "bo@xn--mnchen-case-thb.example",
    "cy@case.xn--p1ai",
    "d'arcy@case.example",
    "X+tag@Case.Example",
    "j&j@case.example",
    "sales/eu@case.example",
    "éve@case.example",
  ];
  expect(readEmails(`${list.join("\n")}\n`)).toEqual({
    emails: [
      "ada@xn--mnchen-case-thb.example",
      "bo@xn--mnchen-case-thb.example",
      "cy@case.xn--p1ai",
      "d'arcy@case.example",
      "x+tag@case.example",
      "j&j@case.example",
      "sales/eu@case.example",
      "éve@case.example",
    ],
    problems: [],
  });
});

test("names beside an address are left aside", () => {
  const named =
    'E-Mail\nAda Case <ada@case.example>\nmailto:bo@case.example?subject=Hi\n"Case, Cy" <cy@case.example>\n';
  expect(readEmails(named)).toEqual({
    emails: ["ada@case.example", "bo@case.example", "cy@case.example"],
    problems: [],
  });
  expect(readEmails("Ada Case <ada@case.example>\nCase, Bo <bo@case.example>\n").emails).toEqual([
    "ada@case.example",
    "bo@case.example",
  ]);
});

test("the column is found under any usual name, and in a table without a header or under words we do not know", () => {
  for (const list of [
    '"Email Address","First Name","Last Name"\n"ada@case.example","Ada","O\'Case"\n',
    "Ada;Case;ada@case.example\n",
    "Nom;Adresse e-mail\nAda;ada@case.example\n",
    "名前,メールアドレス\nAda,ada@case.example\n",
    "Newsletter by mail,E-mail 1 - Value\nyes,ada@case.example\n",
    "Nimi,Yhteys\nAda,ada@case.example\n",
    "Correo electrónico\nada@case.example\n",
    "\uFEFFE-Mail\r\nada@case.example\r\n",
  ])
    expect(readEmails(list)).toEqual({ emails: ["ada@case.example"], problems: [] });
});

test("nothing is left out in silence: a first line that is neither header nor address, two addresses in one line", () => {
  expect(readEmails("nobody\nada@case.example\n").problems).toMatchObject([{ path: "line 1" }]);
  expect(readEmails("ada@case.example bo@case.example\n").problems).toHaveLength(1);
  expect(readEmails("Ada,\nBo,bo@case.example\n").problems).toMatchObject([{ path: "line 1" }]);
});

test("a list in UTF-16 is read as the same addresses: the portal and the terminal decode by one function", () => {
  const text = "E-Mail\r\nada@case.example\r\nbo@case.example\r\n";
  const utf16 = (order: "le" | "be") =>
    Uint8Array.from(
      Array.from(`\uFEFF${text}`, (char) => char.charCodeAt(0)).flatMap((code) =>
        order === "le" ? [code & 255, code >> 8] : [code >> 8, code & 255],
      ),
    );
  for (const bytes of [utf16("le"), utf16("be"), new TextEncoder().encode(text)]) {
    const decoded = decodeText(bytes);
    expect(decoded.ok && readEmails(decoded.text)).toEqual({
      emails: ["ada@case.example", "bo@case.example"],
      problems: [],
    });
  }
});

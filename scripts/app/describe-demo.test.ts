import { expect, test } from "vitest";

import { describeDemo, parseLogins } from "./describe-demo.ts";

const fan = { role: "fan", email: "fan@onsale.example", password: "enjoy the show" };
const operator = { role: "operator", email: "op@onsale.example", password: "mind the line" };

test("every login that was seeded is told, each with its password", () => {
  const text = describeDemo({
    url: "http://127.0.0.1:3001",
    logins: [fan, operator],
    report: "/x/report.html",
  });
  for (const { role, email, password } of [fan, operator])
    expect(text).toMatch(new RegExp(`${role} +${email} +${password}`));
  expect(text).toContain("http://127.0.0.1:3001/admin");
  expect(text).toContain("/x/report.html");
});

test.each([
  ["what seed answers", JSON.stringify({ ok: true, logins: [fan] }), [fan]],
  ["an answer without logins", "{}", []],
  ["no JSON", "seeding…", []],
  ["a login without a password", JSON.stringify({ logins: [{ role: "fan", email: "x" }] }), []],
])("logins are read from %s", (_name, answer, logins) => {
  expect(parseLogins(answer)).toEqual(logins);
});

import { expect, test } from "vitest";

import { describeDemo, parseLobby, parseLogins } from "./describe-demo.ts";

const fan = { role: "fan", email: "fan@onsale.example", password: "enjoy the show" };
const operator = { role: "operator", email: "op@onsale.example", password: "mind the line" };

test("every login that was seeded is told, each with its password", () => {
  const text = describeDemo({
    url: "http://127.0.0.1:3001",
    logins: [fan, operator],
    lobby: undefined,
    report: "/x/report.html",
  });
  for (const { role, email, password } of [fan, operator])
    expect(text).toMatch(new RegExp(`${role} +${email} +${password}`));
  expect(text).toContain("http://127.0.0.1:3001/admin");
  expect(text).toContain("/x/report.html");
});

test("the addresses of all logins stand under each other, whatever their roles are called", () => {
  const logins = [fan, operator, { ...fan, role: "owner of the theatre" }];
  const text = describeDemo({ url: "http://127.0.0.1:3001", logins, lobby: undefined, report: undefined });
  const rows = text.split("\n").filter((line) => line.includes("@onsale.example"));
  expect(rows).toHaveLength(3);
  expect(new Set(rows.map((row) => row.search(/\S+@/))).size).toBe(1);
});

test.each([
  ["what seed answers", JSON.stringify({ ok: true, logins: [fan] }), [fan]],
  ["an answer without logins", "{}", []],
  ["no JSON", "seeding…", []],
  ["a login without a password", JSON.stringify({ logins: [{ role: "fan", email: "x" }] }), []],
])("logins are read from %s", (_name, answer, logins) => {
  expect(parseLogins(answer)).toEqual(logins);
});

test("the draw is told with its time, its fans and its address", () => {
  const lobby = {
    url: "http://127.0.0.1:3001/events/x",
    drawsAtMs: Date.UTC(2027, 2, 5, 9, 30, 7),
    fans: 50,
  };
  const text = describeDemo({ url: "http://127.0.0.1:3001", logins: [], lobby, report: undefined });
  expect(text).toMatch(/A draw +at \d\d:\d\d:07; 50 fans/);
  expect(text).toContain(lobby.url);
  expect(parseLobby(JSON.stringify({ ok: true, lobby }))).toEqual(lobby);
});

test.each(["{}", "seeding…", '{"lobby":null}', '{"lobby":{"url":"x"}}'])("%s has no lobby", (answer) => {
  expect(parseLobby(answer)).toBeUndefined();
});

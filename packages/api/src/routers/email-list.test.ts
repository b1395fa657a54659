import { expect, test } from "vitest";
import { longestTurn } from "../testing/longest-turn.ts";
import { PresaleEmailsInTurn } from "./email-list.ts";

const EVENT = "6f1c2f0e-8a3a-4a53-9d0e-2f5b8f3c1a77";
const list = (emails: readonly string[]) =>
  PresaleEmailsInTurn.safeParseAsync({ eventId: EVENT, windowKey: "members", emails });
const repeated = (count: number, email: string) => Array.from({ length: count }, (_, n) => `fan${n}${email}`);

/** What takes a thread's time until a whole list of it is read or refused: domains of three long words that are no ASCII. */
const LONG = `@${"ü".repeat(30)}.${"å".repeat(30)}.${"é".repeat(30)}.example`;

test("a long list of addresses that are hard to read lets others have their turn", async () => {
  const { result, turns } = await longestTurn(() => list(repeated(20_000, LONG)));
  expect(result.success).toBe(true);
  // In one go it is one.
  expect(turns).toBeGreaterThan(20);
}, 60_000);

test("a list ends at its first address that is none, however many follow", async () => {
  const marks = `${"\u0301\u0323".repeat(140)}@x.example`;
  const { result, cpuMs } = await longestTurn(() => list(repeated(30_000, marks)));
  expect(result.error?.issues).toEqual([
    expect.objectContaining({ path: ["emails", 0], message: "rule:email" }),
  ]);
  expect(cpuMs).toBeLessThan(250);
});

test("each address is read in its one spelling", async () => {
  expect((await list(["ADA@München.example ", "bo@x.example"])).data?.emails).toEqual([
    "ada@xn--mnchen-3ya.example",
    "bo@x.example",
  ]);
});

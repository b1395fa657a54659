import { expect, it } from "vitest";
import { contractText, parseContract, whyNewNumber } from "./contract.ts";

const written = { number: 3, lines: ["one(a integer) returns integer", "type t (a integer)"] };

it("a changed or dropped signature demands a new number, one more does not", () => {
  expect(whyNewNumber(written, written)).toBeNull();
  expect(whyNewNumber(written, { number: 3, lines: [...written.lines, "two() returns void"] })).toBeNull();
  for (const lines of [
    ["one(a integer, b integer) returns integer", "type t (a integer)"],
    ["one(a integer) returns text", "type t (a integer)"],
    ["one(a integer) returns integer", "type t (a integer, b text)"],
    ["type t (a integer)"],
  ]) {
    expect(whyNewNumber(written, { number: 3, lines })).toContain("Raise c_contract");
    expect(whyNewNumber(written, { number: 4, lines })).toBeNull();
    expect(whyNewNumber(written, { number: 2, lines })).toContain("used before");
  }
});

it("is read as it was written", () => {
  expect(parseContract(contractText(written))).toEqual(written);
});

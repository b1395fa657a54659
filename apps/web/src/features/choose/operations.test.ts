import { expect, test } from "vitest";
import { makeOperations } from "./operations.ts";

const numbered = () => {
  let made = 0;
  return makeOperations(() => `operation ${++made}`);
};
const refused = { data: { code: "CONFLICT", app: { code: "hold.seats_taken", details: {} } } };
const noAnswer = new TypeError("fetch failed");

test("a press after a lost answer is the same operation, for as long as the wish is the same", () => {
  const operations = numbered();
  const first = operations.idOf({ quantity: 2 });
  operations.ended(noAnswer);
  expect(operations.idOf({ quantity: 2 })).toBe(first);
  expect(operations.idOf({ quantity: 3 })).not.toBe(first);
});

test("a refusal ends it, and so does a hold: the next press asks anew", () => {
  const operations = numbered();
  const first = operations.idOf({ quantity: 2 });
  operations.ended(refused);
  const second = operations.idOf({ quantity: 2 });
  expect(second).not.toBe(first);
  operations.done();
  expect(operations.idOf({ quantity: 2 })).not.toBe(second);
});

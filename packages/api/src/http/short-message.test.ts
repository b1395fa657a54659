import { expect, test } from "vitest";
import { z } from "zod";
import { shortMessage } from "./short-message.ts";

const faultOf = (schema: z.ZodType, input: unknown) => {
  const { error } = schema.safeParse(input);
  if (!error) throw new Error("that input has no fault");
  return shortMessage(error.message, error);
};

test("ten thousand faults are told by the first three, each with its place and rule", () => {
  const told: unknown = JSON.parse(
    faultOf(z.object({ seats: z.array(z.string()) }), { seats: Array(10_000).fill(0) }),
  );
  expect(told).toHaveLength(3);
  expect(told).toMatchObject([{ code: "invalid_type", path: ["seats", 0] }, { path: ["seats", 1] }, {}]);
});

test("keys that a caller chose come back cut, and the message stays under a kilobyte", () => {
  const long = "k".repeat(50_000);
  const unknown = faultOf(z.strictObject({}), { [long]: 0, [`${long}2`]: 0 });
  expect(unknown.length).toBeLessThanOrEqual(1_000);
  expect(JSON.parse(unknown)).toMatchObject([{ code: "unrecognized_keys", path: [] }]);
  const nested = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.number())));
  const deep = faultOf(nested, { [long]: { [long]: { [long]: "a" } } });
  expect(deep.length).toBeLessThanOrEqual(1_000);
  expect(JSON.parse(deep)).toMatchObject([
    { code: "invalid_type", path: Array(3).fill(`${"k".repeat(39)}…`) },
  ]);
});

test("any other message is cut at a kilobyte, and a short one is as it was", () => {
  expect(shortMessage("x".repeat(5_000), undefined)).toHaveLength(1_000);
  expect(shortMessage("Sign in to go on.", new Error("cause"))).toBe("Sign in to go on.");
});

import { expect, test } from "vitest";
import { type Awaiting, awaitingOf, awaitingWords, isPayable } from "./awaiting.ts";

type Payment = NonNullable<Parameters<typeof awaitingOf>[0]["payment"]>;
const order = (payment: Partial<Payment>) => ({
  totalMinor: 5_000,
  payment: { attempt: 1, state: "created", actionUrl: null, declineReason: null, ...payment } as Payment,
});
const NOTHING = { isLate: false, inQueue: false, asked: null };

test.each<[Awaiting, Partial<Payment>]>([
  ["declined", { state: "declined" }],
  ["called_off", { state: "voided" }],
  ["confirm", { state: "requires_action", actionUrl: "https://bank.example" }],
  ["bank", { state: "requires_action" }],
  ["bank", { state: "created" }],
])("%s: may be paid another way, and never says not to pay", (awaiting, payment) => {
  expect(awaitingOf(order(payment), NOTHING)).toBe(awaiting);
  expect(isPayable(awaiting)).toBe(true);
  expect(awaitingWords(awaiting, "14:32").words).not.toMatch(/not pay again/);
  expect(awaitingWords(awaiting, "14:32").words).toContain("until 14:32");
});

test("what nobody worked off says so, and nothing beside it asks to pay", () => {
  expect(awaitingOf(order({}), { ...NOTHING, inQueue: true })).toBe("queue");
  expect(isPayable("queue")).toBe(false);
  expect(awaitingWords("queue", "14:32").words).toContain("Nothing is charged yet");
});

test("who asked to pay another way is not asked a second time before that try is made", () => {
  const declined = order({ state: "declined", attempt: 1 });
  expect(awaitingOf(declined, { ...NOTHING, asked: 1 })).toBe("queue");
  expect(awaitingOf(order({ state: "declined", attempt: 2 }), { ...NOTHING, asked: 1 })).toBe("declined");
});

test("when the time is over nothing is to be paid any more, whatever the payment says", () => {
  expect(awaitingOf(order({ state: "declined" }), { ...NOTHING, isLate: true })).toBe("late");
  expect(isPayable("late")).toBe(false);
});

test("a free order meets no bank", () => {
  expect(awaitingOf({ totalMinor: 0, payment: null }, { ...NOTHING, inQueue: true })).toBe("free");
  expect(isPayable("free")).toBe(false);
});

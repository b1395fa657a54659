import { expect, test } from "vitest";
import { isCartItems } from "./kept-choice.ts";

test("a kept choice is read as it was written", () => {
  const items = {
    seats: [{ seatNo: 7, ticketType: "adult" }],
    areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }],
  };
  expect(isCartItems(JSON.parse(JSON.stringify(items)))).toBe(true);
});

test("what another page or a visitor wrote into the storage is not a choice", () => {
  for (const value of [
    null,
    [],
    { seats: [] },
    { seats: [{ seatNo: "7", ticketType: "adult" }], areas: [] },
    { seats: [{ seatNo: -1, ticketType: "adult" }], areas: [] },
    { seats: [{ seatNo: 7 }], areas: [] },
    { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 1.5 }] },
  ])
    expect(isCartItems(value)).toBe(false);
});

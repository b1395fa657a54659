import { expect, test } from "vitest";
import { isTicketItems } from "./kept-selection.ts";

test("a kept selection is read as it was written", () => {
  const items = {
    seats: [{ seatNo: 7, ticketType: "adult" }],
    areas: [{ areaNo: 0, ticketType: "adult", quantity: 2 }],
  };
  expect(isTicketItems(JSON.parse(JSON.stringify(items)))).toBe(true);
});

test("what another page or a visitor wrote into the storage is not a selection", () => {
  for (const value of [
    null,
    [],
    { seats: [] },
    { seats: [{ seatNo: "7", ticketType: "adult" }], areas: [] },
    { seats: [{ seatNo: -1, ticketType: "adult" }], areas: [] },
    { seats: [{ seatNo: 7 }], areas: [] },
    { seats: [], areas: [{ areaNo: 0, ticketType: "adult", quantity: 1.5 }] },
  ])
    expect(isTicketItems(value)).toBe(false);
});

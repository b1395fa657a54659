import { expect, test } from "vitest";
import {
  addSeats,
  countWords,
  NOTHING,
  removeSeats,
  setAreaQuantity,
  setAreaType,
  setSeatType,
} from "./selection.ts";

const two = addSeats(NOTHING, [7, 8], "adult");

test("a seat is chosen once, however often it is added", () => {
  expect(addSeats(two, [8, 9], "child").seats).toEqual([
    { seatNo: 7, ticketType: "adult" },
    { seatNo: 8, ticketType: "adult" },
    { seatNo: 9, ticketType: "child" },
  ]);
});

test("taking a seat away leaves the others as they are", () => {
  expect(removeSeats(two, [7, 99]).seats).toEqual([{ seatNo: 8, ticketType: "adult" }]);
});

test("one seat's ticket type changes alone", () => {
  expect(setSeatType(two, 8, "child").seats.map((seat) => seat.ticketType)).toEqual(["adult", "child"]);
});

test("standing places are counted per ticket type and vanish at none", () => {
  const floor = setAreaQuantity(NOTHING, { areaNo: 0, ticketType: "adult", quantity: 2 });
  expect(setAreaQuantity(floor, { areaNo: 0, ticketType: "adult", quantity: 3 }).areas).toEqual([
    { areaNo: 0, ticketType: "adult", quantity: 3 },
  ]);
  expect(setAreaQuantity(floor, { areaNo: 0, ticketType: "adult", quantity: 0 })).toEqual(NOTHING);
});

test("changing the type of standing places joins the line of that type, so none is lost", () => {
  const both = setAreaQuantity(setAreaQuantity(NOTHING, { areaNo: 0, ticketType: "adult", quantity: 2 }), {
    areaNo: 0,
    ticketType: "child",
    quantity: 1,
  });
  expect(setAreaType(both, { areaNo: 0, ticketType: "adult" }, "child").areas).toEqual([
    { areaNo: 0, ticketType: "child", quantity: 3 },
  ]);
});

test("a selection is counted in words", () => {
  expect(countWords(two)).toBe("2 seats");
  expect(
    countWords(setAreaQuantity(addSeats(NOTHING, [1], "a"), { areaNo: 0, ticketType: "a", quantity: 1 })),
  ).toBe("1 seat and 1 place");
});

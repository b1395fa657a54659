import { expect, test } from "vitest";
import { readRecording } from "./replay.ts";

const orders = (text: string) => readRecording(text).orders;
const at = (text: string) => Date.parse(`${text}Z`);

test("lines of one order number are one order, at the time of its first line", () => {
  expect(
    orders(
      "order_no,created_at_taipei,price,seat\n1,2010-09-18T13:18:55,3500,24\n2,2010-09-18T13:22:33,4000,\n2,2010-09-18T13:22:33,4000,\n",
    ),
  ).toEqual([
    { atMs: at("2010-09-18T13:18:55"), quantity: 1 },
    { atMs: at("2010-09-18T13:22:33"), quantity: 2 },
  ]);
});

test("without an order number each line is one, and a quantity counts", () => {
  expect(orders("timestamp;qty\n1284815935;2\n1284815930;4\n")).toEqual([
    { atMs: 1_284_815_930_000, quantity: 4 },
    { atMs: 1_284_815_935_000, quantity: 2 },
  ]);
});

test("seconds, milliseconds and ISO times with a zone are the same moment", () => {
  const same = ["1284815935", "1284815935000", "2010-09-18T15:18:55+02:00", "2010-09-18 13:18:55"];
  for (const time of same) expect(orders(`time\n${time}\n`)[0]?.atMs).toBe(1_284_815_935_000);
});

test("the column of times is the first one that holds times, whatever others are called", () => {
  expect(orders("created_by,date\nanna,2010-09-18\n")).toEqual([
    { atMs: at("2010-09-18T00:00:00"), quantity: 1 },
  ]);
});

test("lines without a time are counted, a file without times is refused", () => {
  expect(readRecording("time\n2010-09-18\nlater\n").unread).toBe(1);
  for (const text of ["", "time\n", "a,b\n1,2\n", "time\nnoon\n"])
    expect(() => readRecording(text)).toThrow("import.invalid");
});

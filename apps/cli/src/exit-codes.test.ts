import { AppError } from "@onsale/core/shared/errors";
import { expect, test } from "vitest";
import { describeFailure, EXIT, EXIT_BY_CATEGORY, EXIT_CODES_HELP } from "./exit-codes.ts";

test("every exit code is explained in --help", () => {
  const explained = EXIT_CODES_HELP.match(/^ {2}\d+/gm)?.map(Number);
  for (const code of [...Object.values(EXIT_BY_CATEGORY), EXIT.ok, EXIT.drift, EXIT.interrupted]) {
    expect(explained).toContain(code);
  }
});

test("an expected failure ends with its category's code and keeps its words and details", () => {
  const lost = new AppError("hold.seats_taken", { seatNos: [7], areaNos: [] });
  expect(describeFailure(lost)).toEqual({
    exitCode: 4,
    code: "hold.seats_taken",
    message: "Someone else just took some of those seats.",
    details: { seatNos: [7], areaNos: [] },
    points: [],
  });
});

test("a service that does not answer is 9, however deep the driver hid it", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const hidden = [
    refused,
    new Error("query failed", { cause: refused }),
    new AggregateError([refused], ""),
    new Error("Command timed out"),
    Object.assign(new Error("x"), { name: "MaxRetriesPerRequestError" }),
  ];
  expect(hidden.map((error) => describeFailure(error).exitCode)).toEqual([9, 9, 9, 9, 9]);
});

test("a database whose migrations did not run yet is 9, and the message leads to them instead of to a stack", () => {
  const lacking = Object.assign(new Error('column "address" does not exist'), { code: "42703" });
  const failure = describeFailure(new Error("Failed query: select", { cause: lacking }));
  expect(failure).toMatchObject({ exitCode: 9, code: "service.unavailable" });
  expect(failure.message).toMatch(/column "address" does not exist.*`ticketctl migrate`/);
  expect(failure.message).not.toContain("exit-codes.test.ts");
});

test("a program of another version than the database is 9, and says what to do", () => {
  const refused = Object.assign(new Error("this process and the database are of different versions"), {
    code: "ON002",
  });
  const failure = describeFailure(new Error("Failed query: select", { cause: refused }));
  expect(failure).toMatchObject({ exitCode: 9, code: "service.unavailable" });
  expect(failure.message).toMatch(/Nothing was changed: this process.*restart every process/);
});

test("anything else is a fault of ours: 1, with its stack for the report", () => {
  const failure = describeFailure(new TypeError("x is not a function"));
  expect(failure).toMatchObject({ exitCode: 1, code: "internal" });
  expect(failure.message).toContain("exit-codes.test.ts");
  expect(describeFailure("text").exitCode).toBe(1);
});

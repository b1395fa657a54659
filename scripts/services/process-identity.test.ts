import { describe, expect, test } from "vitest";

import { identify, isSameProcess, startTicksOf } from "./process-identity.ts";

const STAT =
  "4711 (tmux: (server) x) S 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 10 20 18446744073709551615";

describe("startTicksOf", () => {
  test("is not misled by spaces and brackets in the command's name", () => {
    expect(startTicksOf(STAT)).toBe("987654");
  });

  test("counts a zombie as gone", () => {
    expect(startTicksOf(STAT.replace(") S 1", ") Z 1"))).toBeUndefined();
  });
});

describe("isSameProcess", () => {
  test("knows this process again", () => {
    expect(isSameProcess(identify(process.pid))).toBe(true);
  });

  test("refuses a process that has the pid but started at another time", () => {
    expect(isSameProcess({ pid: process.pid, startedAt: "another boot:1" })).toBe(false);
  });

  test("refuses a pid that nobody has, also when it was recorded after its end", () => {
    const nobody = 2 ** 22 + 1;
    expect(isSameProcess(identify(nobody))).toBe(false);
  });
});

import { expect, test } from "vitest";

import { wantedOf } from "./stages.ts";

test("without arguments every stage of a change runs, whole", () => {
  expect(wantedOf([])).toEqual({
    stages: ["unit", "static", "int", "browser", "bench"],
    isLong: false,
    isChanged: false,
    since: undefined,
  });
});

test("stages run in their order, however they are named", () => {
  expect(wantedOf(["--only", "int,static", "--only", "unit"]).stages).toEqual(["unit", "static", "int"]);
});

test("a stage that is not there is refused with those that are", () => {
  expect(() => wantedOf(["--only", "e2e"])).toThrow(
    'There is no stage "e2e": --only takes unit, static, int, browser, bench.',
  );
  expect(() => wantedOf(["--long", "--only", "unit"])).toThrow("--only takes int, oldest, drills.");
});

test("the long run has the repetitions, the oldest PostgreSQL and the drills", () => {
  expect(wantedOf(["--long"])).toMatchObject({ stages: ["int", "oldest", "drills"], isLong: true });
});

test("a commit to compare with means the change since then", () => {
  expect(wantedOf(["--changed"])).toMatchObject({ isChanged: true, since: undefined });
  expect(wantedOf(["--since", "HEAD~1"])).toMatchObject({ isChanged: true, since: "HEAD~1" });
});

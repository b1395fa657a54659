import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { liveRun, orphansOf, parseRecord, readRecords, recordRun, type RunRecord } from "./run-records.ts";

const owner = { pid: 10, startedAt: "boot:1" };
const postgres = { name: "postgres", pid: 11, startedAt: "boot:2" };
const redis = { name: "redis-server", pid: 12, startedAt: "boot:3" };
const record: RunRecord = { kind: "demo", owner, children: [postgres, redis], throwawayDirs: ["/x"] };

describe("parseRecord", () => {
  test("reads what was written", () => {
    expect(parseRecord(JSON.stringify(record))).toEqual(record);
  });

  test.each([
    ["a file cut short", '{"kind":"demo","own'],
    ["an empty file", ""],
    ["a child without a start time", JSON.stringify({ ...record, children: [{ name: "web", pid: 1 }] })],
    ["a pid that is no number", JSON.stringify({ ...record, owner: { pid: "1", startedAt: "x" } })],
    ["no record at all", "null"],
  ])("takes %s for no record, so that nothing is stopped because of it", (_name, text) => {
    expect(parseRecord(text)).toBeUndefined();
  });
});

describe("orphansOf", () => {
  test("leaves a run alone whose owner is alive", () => {
    expect(orphansOf(record, () => true)).toEqual([]);
  });

  test("names only the children that are still the recorded processes", () => {
    expect(orphansOf(record, (process) => process === redis)).toEqual([redis]);
  });
});

describe("recordRun", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), "onsale-records-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test("every change is on the disk at once", () => {
    const recorder = recordRun(dir, "demo");
    recorder.addChild("web", process.pid);
    recorder.addThrowawayDir("/tmp/a");
    const [found] = readRecords(dir);
    expect(found?.record.children.map(({ name, pid }) => [name, pid])).toEqual([["web", process.pid]]);
    expect(found?.record.throwawayDirs).toEqual(["/tmp/a"]);
    recorder.removeChild(process.pid);
    recorder.removeThrowawayDir("/tmp/a");
    expect(readRecords(dir)[0]?.record).toMatchObject({ children: [], throwawayDirs: [] });
  });

  test("a live run is found by its kind, and no other kind is taken for it", () => {
    recordRun(dir, "demo");
    expect(liveRun(dir, "demo")?.owner.pid).toBe(process.pid);
    expect(liveRun(dir, "test")).toBeUndefined();
  });

  test("a closed run leaves no file", () => {
    recordRun(dir, "test").close();
    expect(readdirSync(path.join(dir, "run"))).toEqual([]);
  });

  test("a broken file beside it hides nothing", () => {
    recordRun(dir, "demo");
    writeFileSync(path.join(dir, "run", "test-1.json"), "{");
    expect(readRecords(dir).map(({ record: { kind } }) => kind)).toEqual(["demo"]);
  });
});

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { identify, isSameProcess } from "./process-identity.ts";
import type { RunRecord } from "./run-records.ts";
import { stopOrphans } from "./stop-orphans.ts";

let dir: string;
const children = new Set<ReturnType<typeof spawn>>();

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "onsale-orphans-"));
  mkdirSync(path.join(dir, "run"));
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  rmSync(dir, { recursive: true, force: true });
});

async function sleeper() {
  const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
  children.add(child);
  await new Promise((resolve) => child.once("spawn", resolve));
  return { name: "sleeper", ...identify(child.pid ?? -1) };
}

function write(record: RunRecord) {
  writeFileSync(path.join(dir, "run", `${record.kind}-${record.owner.pid}.json`), JSON.stringify(record));
}

const deadOwner = { pid: 2 ** 22 + 1, startedAt: "another boot:1" };

test("what a killed run left behind is stopped, its throwaway folder and its record removed", async () => {
  const child = await sleeper();
  const throwaway = path.join(dir, "throwaway");
  mkdirSync(throwaway);
  write({ kind: "demo", owner: deadOwner, children: [child], throwawayDirs: [throwaway] });
  expect(await stopOrphans(dir)).toEqual(["sleeper"]);
  expect(isSameProcess(child)).toBe(false);
  expect(existsSync(throwaway)).toBe(false);
  expect(readdirSync(path.join(dir, "run"))).toEqual([]);
});

test("a process that has got the pid of a recorded one is not touched", async () => {
  const child = await sleeper();
  const stranger = { ...child, startedAt: "another boot:1" };
  write({ kind: "demo", owner: deadOwner, children: [stranger], throwawayDirs: [] });
  expect(await stopOrphans(dir)).toEqual([]);
  expect(isSameProcess(child)).toBe(true);
});

test("a run beside this one keeps its processes and its record", async () => {
  const child = await sleeper();
  write({ kind: "test", owner: identify(process.pid), children: [child], throwawayDirs: [] });
  expect(await stopOrphans(dir)).toEqual([]);
  expect(isSameProcess(child)).toBe(true);
  expect(readdirSync(path.join(dir, "run"))).toHaveLength(1);
});

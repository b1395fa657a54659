import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { identify, isSameProcess, type ProcessIdentity } from "./process-identity.ts";

export interface RecordedChild extends ProcessIdentity {
  readonly name: string;
}

/**
 * What one supervising process has started. Each run has a file of its own, so that a demo and a test run beside it
 * never write to the same one.
 */
export interface RunRecord {
  readonly kind: string;
  readonly owner: ProcessIdentity;
  readonly children: readonly RecordedChild[];
  /** Folders that have no use after this run. */
  readonly throwawayDirs: readonly string[];
}

export interface RunRecorder {
  addChild(name: string, pid: number): void;
  removeChild(pid: number): void;
  addThrowawayDir(dir: string): void;
  removeThrowawayDir(dir: string): void;
  close(): void;
}

const isIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === "object" &&
  value !== null &&
  "pid" in value &&
  Number.isInteger(value.pid) &&
  "startedAt" in value &&
  typeof value.startedAt === "string";

const isChild = (value: unknown): value is RecordedChild =>
  isIdentity(value) && "name" in value && typeof value.name === "string";

/** A record as it was written; undefined for a file that was cut short by a crash. */
export function parseRecord(text: string): RunRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { kind, owner, children, throwawayDirs } = value as Record<string, unknown>;
  if (typeof kind !== "string" || !isIdentity(owner)) return undefined;
  if (!Array.isArray(children) || !children.every(isChild)) return undefined;
  if (!Array.isArray(throwawayDirs) || !throwawayDirs.every((dir) => typeof dir === "string"))
    return undefined;
  return { kind, owner, children, throwawayDirs };
}

/** The children that outlived their owner and are still the processes that were recorded. */
export function orphansOf(
  record: RunRecord,
  isAlive: (process: ProcessIdentity) => boolean,
): readonly RecordedChild[] {
  return isAlive(record.owner) ? [] : record.children.filter((child) => isAlive(child));
}

const runDir = (stateDir: string) => path.join(stateDir, "run");

export interface FoundRecord {
  readonly file: string;
  readonly record: RunRecord;
}

export function readRecords(stateDir: string): readonly FoundRecord[] {
  let names: string[];
  try {
    names = readdirSync(runDir(stateDir)).filter((name) => name.endsWith(".json"));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    const file = path.join(runDir(stateDir), name);
    const record = parseRecord(readFileSync(file, "utf8"));
    return record === undefined ? [] : [{ file, record }];
  });
}

/** The run of this kind that is alive now, such as the demo of this folder. */
export function liveRun(stateDir: string, kind: string): RunRecord | undefined {
  return readRecords(stateDir).find(({ record }) => record.kind === kind && isSameProcess(record.owner))
    ?.record;
}

/** Opens this process's record. Every change is on the disk before the call returns. */
export function recordRun(stateDir: string, kind: string): RunRecorder {
  mkdirSync(runDir(stateDir), { recursive: true });
  const owner = identify(process.pid);
  const file = path.join(runDir(stateDir), `${kind}-${process.pid}.json`);
  let children: readonly RecordedChild[] = [];
  let throwawayDirs: readonly string[] = [];
  const write = () => {
    const record: RunRecord = { kind, owner, children, throwawayDirs };
    writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  };
  write();
  return {
    addChild: (name, pid) => {
      children = [...children, { name, ...identify(pid) }];
      write();
    },
    removeChild: (pid) => {
      children = children.filter((child) => child.pid !== pid);
      write();
    },
    addThrowawayDir: (dir) => {
      throwawayDirs = [...throwawayDirs, dir];
      write();
    },
    removeThrowawayDir: (dir) => {
      throwawayDirs = throwawayDirs.filter((other) => other !== dir);
      write();
    },
    close: () => rmSync(file, { force: true }),
  };
}

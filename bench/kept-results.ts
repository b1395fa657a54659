import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import path from "node:path";

const FOLDER = path.join(import.meta.dirname, "..", "docs", "quality", "bench");
const COMMIT_CHARS = 8;

/** What benches said of one commit, by their names. */
type Kept = { readonly machine: string; readonly results: Readonly<Record<string, unknown>> };

const fileOf = (commit: string) => path.join(FOLDER, `${commit}.json`);

/** The commit that is checked out, with a "+" where files differ from it. */
export function commitHere(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--untracked-files=no") !== "";
  return `${git("rev-parse", "HEAD").slice(0, COMMIT_CHARS)}${isChanged ? "+" : ""}`;
}

export function readKept(commit: string): Kept {
  const file = fileOf(commit);
  if (!existsSync(file)) throw new Error(`no results are kept of ${commit}: there is no ${file}`);
  // Safe because `keep` below writes these files and nobody else.
  return JSON.parse(readFileSync(file, "utf8")) as Kept;
}

/** Beside what is kept of this commit already. */
export function keep(commit: string, results: Kept["results"]): string {
  const before = existsSync(fileOf(commit)) ? readKept(commit).results : {};
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? "an unknown processor"}, Node ${process.version}`;
  mkdirSync(FOLDER, { recursive: true });
  const kept: Kept = { machine, results: { ...before, ...results } };
  writeFileSync(fileOf(commit), `${JSON.stringify(kept, null, 2)}\n`);
  return fileOf(commit);
}

export type Ratio = {
  readonly figure: string;
  readonly before: number;
  readonly now: number;
  readonly ratio: number;
};

/** Every figure that both have and that was not 0, now to before. Lists are matched by what their entries are called. */
export function ratiosOf(before: unknown, now: unknown, figure = ""): Ratio[] {
  if (typeof now === "number" && typeof before === "number")
    return before === 0 ? [] : [{ figure, before, now, ratio: Number((now / before).toFixed(2)) }];
  if (!isGroup(now) || !isGroup(before)) return [];
  const known = new Map(entriesOf(before));
  return entriesOf(now).flatMap(([name, value]) =>
    ratiosOf(known.get(name), value, figure === "" ? name : `${figure}, ${name}`),
  );
}

const isGroup = (value: unknown): value is object => typeof value === "object" && value !== null;

function entriesOf(value: object): [string, unknown][] {
  if (!Array.isArray(value)) return Object.entries(value);
  return value.map((one: unknown, n): [string, unknown] => [nameOf(one) ?? String(n), one]);
}

function nameOf(one: unknown): string | null {
  if (!isGroup(one)) return null;
  const texts = Object.values(one).filter((value) => typeof value === "string");
  return texts.length > 0 ? texts.join(" ") : null;
}

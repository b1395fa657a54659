import path from "node:path";

import { run } from "../bootstrap/run.mjs";
import { PlainError } from "../bootstrap/say.mjs";

export interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

export interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
  readonly summary: { readonly violations: readonly Violation[] };
}

const HOME = path.resolve(import.meta.dirname, "..", "..");

/** What dependency-cruiser read below `folders` of `root`, and what it says of it by the rules of this repository. */
export async function cruise(root: string, folders: readonly string[]): Promise<Cruise> {
  const program = path.join(HOME, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const preload = ["--import", path.join(HOME, "scripts", "teach-swc-using.mjs")];
  const args = ["--config", path.join(HOME, ".dependency-cruiser.cjs"), "--output-type", "json", ...folders];
  const done = await run(process.execPath, [...preload, program, ...args], { cwd: root });
  if (!done.output.trimStart().startsWith("{"))
    throw new PlainError(`dependency-cruiser failed:\n${done.output}`);
  return parseCruise(done.output);
}

function parseCruise(output: string): Cruise {
  const value: unknown = JSON.parse(output);
  if (typeof value === "object" && value !== null && "modules" in value && "summary" in value)
    return value as Cruise;
  throw new PlainError("dependency-cruiser printed no result.");
}

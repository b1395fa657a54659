import { execFile } from "node:child_process";
import os from "node:os";
import { promisify } from "node:util";
import type { Machine } from "@onsale/core/drill/drill-report";

const GIT_LIMIT_MS = 2_000;

/** Figures mean little without the machine they were measured on. */
export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    cpus: cpus.length,
    cpuModel: cpus[0]?.model.trim() ?? "unknown",
    memoryMb: Math.round(os.totalmem() / 1024 ** 2),
    platform: `${os.platform()} ${os.arch()}`,
    node: process.version,
  };
}

/** The commit of this checkout, "+changes" when files differ from it; undefined outside a repository. */
export async function describeCommit(): Promise<string | undefined> {
  const git = async (...args: string[]) => {
    const done = await promisify(execFile)("git", args, { cwd: import.meta.dirname, timeout: GIT_LIMIT_MS });
    return done.stdout.trim();
  };
  try {
    const [commit, changes] = await Promise.all([
      git("rev-parse", "HEAD"),
      git("status", "--porcelain", "-uno"),
    ]);
    return changes === "" ? commit : `${commit}+changes`;
  } catch {
    return undefined;
  }
}

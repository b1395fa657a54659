import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

/** A process as it can be found again: a pid alone may belong to somebody else by now. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot and start time as the system tells them; equal only for the very same process. */
  readonly startedAt: string;
}

/** Field 22 of /proc/PID/stat, counted after the command in brackets, which may hold spaces and brackets itself. */
export function startTicksOf(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}

/** When the process with this pid started; undefined when there is none (or only its zombie). */
export function startedAtOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const ticks = startTicksOf(readFileSync(`/proc/${pid}/stat`, "utf8"));
      if (ticks === undefined) return undefined;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${ticks}`;
    }
    const started = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return started === "" ? undefined : started;
  } catch {
    return undefined;
  }
}

export function isSameProcess({ pid, startedAt }: ProcessIdentity): boolean {
  return startedAtOf(pid) === startedAt;
}

export function identify(pid: number): ProcessIdentity {
  return { pid, startedAt: startedAtOf(pid) ?? "gone" };
}

/**
 * Whether the process works in this folder, which only a server started on that data does. False where the system
 * does not tell (no /proc).
 */
export function worksIn(pid: number, dir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === dir;
  } catch {
    return false;
  }
}

import { readdirSync, readFileSync } from "node:fs";

/** The kernel tells user space its ticks as hundredths of a second, whatever its own clock. */
const MS_PER_TICK = 10;

type Stat = { readonly parent: number; readonly ownMs: number; readonly endedChildrenMs: number };

/** null: the process is gone. */
function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // After the command in brackets, which may hold spaces: state is field 3, so field n is at n - 3.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ms = (...numbers: number[]) =>
      numbers.reduce((sum, field) => sum + Number(fields[field - 3]) * MS_PER_TICK, 0);
    return { parent: Number(fields[1]), ownMs: ms(14, 15), endedChildrenMs: ms(16, 17) };
  } catch {
    return null;
  }
}

/**
 * Processor time of a process and of all that it started, those that have ended as well: a postmaster's backends come and
 * go during a run.
 */
export function cpuMsOf(pid: number): number {
  if (process.platform !== "linux") throw new Error("processor time is read from /proc, which is Linux'");
  const stats = new Map<number, Stat>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat) stats.set(Number(name), stat);
  }
  const ofTree = (root: number): number => {
    const stat = stats.get(root);
    if (!stat) return 0;
    const children = [...stats].filter(([, { parent }]) => parent === root);
    return stat.ownMs + stat.endedChildrenMs + children.reduce((sum, [child]) => sum + ofTree(child), 0);
  };
  return ofTree(pid);
}

/** Who works for a purchase; generator and provider are not the shop's own. */
export type Part = "app" | "worker" | "postgres" | "redis" | "provider" | "generator";
export type CpuMs = Readonly<Partial<Record<Part, number>>>;
export type Pids = Readonly<Partial<Record<Part, readonly number[]>>>;

const partsOf = (pids: Pids) => Object.keys(pids) as Part[];

export function readCpu(pids: Pids): CpuMs {
  return Object.fromEntries(
    partsOf(pids).map((part) => [part, (pids[part] ?? []).reduce((sum, pid) => sum + cpuMsOf(pid), 0)]),
  );
}

/** Milliseconds per piece of work between two readings. */
export function cpuBetween(before: CpuMs, after: CpuMs, pieces: number): CpuMs {
  const parts = Object.keys(after) as Part[];
  return Object.fromEntries(
    parts.map((part) => [part, ((after[part] ?? 0) - (before[part] ?? 0)) / Math.max(1, pieces)]),
  );
}

/** What the shop itself spends: neither whoever asks nor the bank. */
export function ofShop(cpu: CpuMs): number {
  return (cpu.app ?? 0) + (cpu.worker ?? 0) + (cpu.postgres ?? 0) + (cpu.redis ?? 0);
}

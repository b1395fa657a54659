import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import type { Pids } from "./cpu.ts";
import type { Buyer, Dialect } from "./crowd.ts";

export type QueueLook = { readonly length: number; readonly oldestMs: number };

/** What is still to be done for purchases that were answered "paid", in ms since it should have been done; 0: nothing. */
export type OpenWork = { readonly mailMs: number; readonly captureMs: number };

/** Whether limits and guard counted what was asked of the shop. */
export type Counting = {
  readonly forget: () => Promise<void>;
  /** Whom they have counted: the limits since `forget` and for a minute, the guard since the start. */
  readonly accounts: () => Promise<{ readonly limits: number; readonly guard: number }>;
  /** By how many calls they are wrong about one who bought a minute ago at most; uses up what room that buyer has. */
  readonly offByLimit: (buyer: Buyer) => Promise<number>;
  readonly offByGuard: (buyer: Buyer) => Promise<number>;
};

/** One of the shops that are compared: brought up with an event and a crowd, asked over HTTP, looked into afterwards. */
export type Shop = {
  readonly dialect: Dialect;
  readonly url: string;
  readonly eventId: string;
  readonly buyers: readonly Buyer[];
  readonly pids: Pids;
  /** Orders that wait to be written; null: it has no queue. */
  readonly queue: (() => Promise<QueueLook>) | null;
  readonly openWork: () => Promise<OpenWork>;
  /** null: it has neither limits nor a guard. */
  readonly counting: Counting | null;
  /** What is not as it must be after so many purchases; empty: all is. */
  readonly check: (purchases: number) => Promise<string[]>;
  readonly stop: () => Promise<void>;
};

export type NodeArgs = (part: "app" | "worker") => readonly string[];

export type ShopPlan = {
  readonly env: NodeJS.ProcessEnv;
  /** A database of its own, which exists and is empty. */
  readonly databaseUrl: string;
  readonly seats: number;
  readonly buyers: number;
  /** Of Node, for each process of the shop. */
  readonly nodeArgs?: NodeArgs;
};

export type OpenShop = (plan: ShopPlan) => Promise<Shop>;

const HEALTHY_LIMIT_MS = 30_000;
const POLL_MS = 50;

export type Program = {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Of Node itself, such as --cpu-prof. */
  readonly nodeArgs?: readonly string[];
};

export type Running = { readonly pid: number; readonly stop: () => Promise<void> };

export function startProgram({ args, env, nodeArgs = [] }: Program): Running {
  const child = spawn(process.execPath, [...nodeArgs, ...args], {
    env,
    // Standard output is the bench's own; what a program logs is told beside it.
    stdio: ["ignore", 2, 2],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${args.join(" ")} did not start`);
  return { pid, stop: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  await over;
}

export async function untilHealthy(url: string): Promise<void> {
  const deadline = performance.now() + HEALTHY_LIMIT_MS;
  while (performance.now() < deadline) {
    const isUp = await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await wait(POLL_MS);
  }
  throw new Error(`${url} did not answer in ${HEALTHY_LIMIT_MS / 1_000} s`);
}

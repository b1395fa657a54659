import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import type { Server } from "node:net";
import path from "node:path";

import { identify } from "./process-identity.ts";
import type { RunRecorder } from "./run-records.ts";
import { signalToStop, stopProcess } from "./stop-process.ts";

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Everything it prints goes here, never to a pipe: it must outlive a reader that dies. */
  readonly logFile: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** How long it may take to stop by itself. */
  readonly graceMs: number;
  readonly recorder: RunRecorder;
  /** A socket that listens already; it is sent to the process, which answers on it. */
  readonly listener?: Server;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when it ends, however it ends; the words say how. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

/** Starts a process in a group of its own, so that Ctrl-C reaches it only through `stop`, in the right order. */
export async function startChild(spec: ChildSpec): Promise<Child> {
  mkdirSync(path.dirname(spec.logFile), { recursive: true });
  const log = openSync(spec.logFile, "a");
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: spec.listener === undefined ? ["ignore", log, log] : ["ignore", log, log, "ipc"],
    ...(spec.user === undefined ? {} : { uid: spec.user.uid, gid: spec.user.gid }),
  });
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${spec.name} started without a process id.`);
  if (spec.listener !== undefined) await handOver(child, spec.listener);
  const identity = identify(pid);
  spec.recorder.addChild(spec.name, pid);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => {
      over = true;
      spec.recorder.removeChild(pid);
      resolve(
        signal === null ? `${spec.name} ended with exit code ${code}` : `${spec.name} ended by ${signal}`,
      );
    });
  });
  return {
    name: spec.name,
    pid,
    logFile: spec.logFile,
    ended,
    hasEnded: () => over,
    stop: async () => {
      if (over) return;
      await stopProcess(identity, { signal: signalToStop(spec.name), graceMs: spec.graceMs });
      await ended;
    },
  };
}

/** The channel is closed by the process once it has the socket: it must not end with whoever started it. */
function handOver(child: ChildProcess, listener: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    child.send("listen", listener, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** The end of a child's log, for the sentence that says why it did not start. */
export function logTail(file: string, lines = 15): string {
  try {
    return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
  } catch {
    return "(no log)";
  }
}

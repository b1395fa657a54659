import { spawn } from "node:child_process";
import { constants } from "node:os";
import path from "node:path";

const LOOK_FOR_PARENT_MS = 500;

/**
 * npm passes a kill on to its shell alone, which dies without telling this process: then nobody is left to press Ctrl-C.
 * @param {() => void} onGone
 */
function watchNpm(onGone) {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_FOR_PARENT_MS);
  timer.unref();
}

/**
 * Runs the rest on the newer Node. The channel tells it when this process dies, even by kill -9, so that it stops
 * what it started.
 * @param {{ root: string, node: string, script: string, args: string[] }} job
 * @returns {Promise<number>} exit code
 */
export function handOver({ root, node, script, args }) {
  return new Promise((resolve, reject) => {
    const bin = path.join(root, "node_modules", ".bin");
    const child = spawn(node, [path.join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}` },
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
      process.on(signal, () => child.kill(signal));
    watchNpm(() => child.kill("SIGTERM"));
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  });
}

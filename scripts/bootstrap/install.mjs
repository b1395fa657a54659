import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { explain } from "./explain.mjs";
import { lastLines, run } from "./run.mjs";
import { PlainError } from "./say.mjs";

/** @param {string} root */
function wantedPnpm(root) {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return String(manifest.packageManager).replace(/^pnpm@/, "");
}

/**
 * The exact pnpm that the lockfile was written with: installed here, on the PATH, or through npm.
 * @param {string} root
 * @returns {Promise<{ command: string, args: string[] }>}
 */
async function findPnpm(root) {
  const version = wantedPnpm(root);
  for (const command of [path.join(root, "node_modules", ".bin", "pnpm"), "pnpm"]) {
    if (command !== "pnpm" && !existsSync(command)) continue;
    const found = await run(command, ["--version"], { cwd: root });
    if (found.code === 0 && found.output.trim() === version) return { command, args: [] };
  }
  // npm's own patience without a network is more than a minute.
  const viaNpm = [
    "exec",
    "--yes",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--",
    `pnpm@${version}`,
  ];
  const npm = process.env["npm_execpath"];
  return npm?.endsWith("npm-cli.js")
    ? { command: process.execPath, args: [npm, ...viaNpm] }
    : { command: "npm", args: viaNpm };
}

/**
 * What an install depends on; when it is unchanged, node_modules is as it should be. The Node that runs this is no
 * part of it: from the second start on, `npm run` finds the one that was installed.
 * @param {string} root
 */
function stampOf(root) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml"])
    hash.update(readFileSync(path.join(root, file)));
  return hash.digest("hex");
}

/** @param {string} root */
function stampFile(root) {
  return path.join(root, "node_modules", ".onsale-install");
}

/** @param {string} root */
export function isInstalled(root) {
  try {
    return readFileSync(stampFile(root), "utf8") === stampOf(root);
  } catch {
    return false;
  }
}

/** @param {string} root */
export async function install(root) {
  const pnpm = await findPnpm(root);
  const flags = ["install", "--frozen-lockfile", "--prefer-offline", "--config.confirmModulesPurge=false"];
  const done = await run(pnpm.command, [...pnpm.args, ...flags], {
    cwd: root,
    env: { ...process.env, npm_config_update_notifier: "false" },
  });
  if (done.code === 127 && pnpm.command === "npm")
    throw new PlainError(
      "npm was not found: install Node with npm (https://nodejs.org) and run the same command again.",
    );
  if (done.code !== 0)
    throw new PlainError(
      `${explain(done.output) ?? "The packages could not be installed."}\n\n${lastLines(done.output)}`,
    );
  writeFileSync(stampFile(root), stampOf(root));
}

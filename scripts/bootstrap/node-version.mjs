import { existsSync } from "node:fs";
import path from "node:path";

import { PlainError } from "./say.mjs";

/** Enough for npm and this bootstrap. */
const OLDEST_TO_START = [20, 9];
/** Runs TypeScript without a flag. */
const OLDEST_TO_RUN = [22, 18];

/**
 * @param {string} version such as "v20.20.2"
 * @param {number[]} oldest
 */
export function isAtLeast(version, oldest) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  const [wantMajor = 0, wantMinor = 0] = oldest;
  return major > wantMajor || (major === wantMajor && minor >= wantMinor);
}

/** @param {string} version */
export function checkStartingNode(version) {
  if (isAtLeast(version, OLDEST_TO_START)) return;
  throw new PlainError(
    `Node ${version} is too old: install Node ${OLDEST_TO_START.join(".")} or newer (https://nodejs.org, version 24 is best) and run the same command again.`,
  );
}

/**
 * The Node that runs everything after the install: the one that came with the packages, else this one if it can.
 * @param {string} root
 */
export function nodeAfterInstall(root) {
  const bundled = path.join(root, "node_modules", ".bin", "node");
  if (existsSync(bundled)) return bundled;
  if (isAtLeast(process.version, OLDEST_TO_RUN)) return process.execPath;
  throw new PlainError(
    `Node ${process.version} cannot run TypeScript and no newer one came with the packages for ${process.platform}-${process.arch}: install Node ${OLDEST_TO_RUN.join(".")} or newer (https://nodejs.org) and run the same command again.`,
  );
}

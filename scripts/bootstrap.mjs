// Runs on a bare Node >= 20.9 with nothing installed: brings the packages, then hands over to the Node that came with them.
import path from "node:path";
import { fileURLToPath } from "node:url";

import { handOver } from "./bootstrap/hand-over.mjs";
import { install, isInstalled } from "./bootstrap/install.mjs";
import { checkStartingNode, nodeAfterInstall } from "./bootstrap/node-version.mjs";
import { PlainError, sayError, step } from "./bootstrap/say.mjs";

/** @type {Record<string, string>} */
const SCRIPTS = { demo: "scripts/demo.ts", test: "scripts/run-tests.ts", verify: "scripts/verify.ts" };

async function main() {
  const [mode = "", ...args] = process.argv.slice(2);
  const script = SCRIPTS[mode];
  if (script === undefined)
    throw new PlainError(`Usage: node scripts/bootstrap.mjs ${Object.keys(SCRIPTS).join("|")} [options]`);
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
  checkStartingNode(process.version);
  if (!isInstalled(root)) await step("install packages", () => install(root));
  return handOver({ root, node: nodeAfterInstall(root), script, args });
}

try {
  process.exitCode = await main();
} catch (error) {
  sayError(error);
  process.exitCode = 1;
}

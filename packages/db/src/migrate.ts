import { createHash } from "node:crypto";
import { AppError } from "@onsale/core/shared/errors";
import postgres from "postgres";
import { type ApplicationRole, ensureApplicationRole, grantToApplication } from "./application-role.ts";
import { MIGRATIONS } from "./generated/migrations.ts";
import { sqlState } from "./pg-errors.ts";

/** "onsale" in ASCII. Whoever migrates holds this advisory lock of the database, so that two deploys take turns. */
const MIGRATION_LOCK = 0x6f6e73616c65n;

const INSUFFICIENT_PRIVILEGE = "42501";

type Migration = { readonly name: string; readonly sql: string };

function checksum(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/** One name for a set of migrations: the content of all of them. */
export function migrationsHash(migrations: readonly Migration[] = MIGRATIONS): string {
  return checksum(JSON.stringify(migrations));
}

export type MigrateOptions = {
  readonly migrations?: readonly Migration[];
  /** Gets what the application needs, each time anew. null: the application connects as the role that migrates. */
  readonly application?: ApplicationRole | null;
};

/**
 * Brings a database up to date, each file in a transaction of its own, and returns the names that were applied. Throws
 * when an applied file was changed or is missing: what ran in production is history and not a draft.
 */
export async function migrate(
  url: string,
  { migrations = MIGRATIONS, application = null }: MigrateOptions = {},
): Promise<string[]> {
  // Its own connection without the pool's statement timeout: building an index may take longer.
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: "onsale-migrate" },
  });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK.toString()}::bigint)`;
    await ensureHistory(sql);
    const applied = await sql<{ name: string; sha256: string }[]>`
      select name, sha256 from schema_migration order by name`;
    assertHistory(applied, migrations);
    const pending = migrations.slice(applied.length);
    for (const { name, sql: text } of pending) await apply(sql, { name, sql: text });
    if (application !== null) {
      await ensureApplicationRole(sql, application);
      await grantToApplication(sql, application);
    }
    return pending.map(({ name }) => name);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Also a role that may change nothing learns in this way that there is nothing to do. */
async function ensureHistory(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ name: string | null }[]>`select to_regclass('schema_migration')::text as name`;
  if (row?.name) return;
  await sql`create table schema_migration (
    name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`.catch(
    sayWhoMigrates,
  );
}

function sayWhoMigrates(cause: unknown): never {
  if (sqlState(cause) !== INSUFFICIENT_PRIVILEGE) throw cause;
  throw new AppError(
    "input.invalid",
    "This role of the database may not change the schema: set MIGRATION_DATABASE_URL to the role that owns it, for this command alone.",
    { cause },
  );
}

function assertHistory(
  applied: readonly { name: string; sha256: string }[],
  migrations: readonly Migration[],
): void {
  applied.forEach((row, index) => {
    const file = migrations[index];
    if (file?.name !== row.name)
      throw new Error(
        `migration ${row.name} was applied here but this build has ${file?.name ?? "no such file"}`,
      );
    if (checksum(file.sql) !== row.sha256)
      throw new Error(`migration ${row.name} was changed after it was applied; write a new one instead`);
  });
}

/** One simple-protocol message, so the server runs the file and its record as one transaction whatever the driver does. */
async function apply(sql: postgres.Sql, { name, sql: text }: Migration): Promise<void> {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`migration name ${JSON.stringify(name)}`);
  await sql
    .unsafe(
      `begin;\n${text}\n;insert into schema_migration (name, sha256) values ('${name}', '${checksum(text)}');\ncommit;`,
    )
    .simple()
    .catch(async (error: unknown) => {
      await sql`rollback`;
      return sayWhoMigrates(error);
    });
}

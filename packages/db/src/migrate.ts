import { createHash } from "node:crypto";
import { AppError } from "@onsale/core/shared/errors";
import postgres from "postgres";
import { type ApplicationRole, ensureApplicationRole, grantToApplication } from "./application-role.ts";
import { applicationName } from "./client.ts";
import { SQL_OBJECTS } from "./generated/functions.ts";
import { MIGRATIONS } from "./generated/migrations.ts";
import { sqlState } from "./pg-errors.ts";
import { type AppliedObject, checksum, planObjects, statementsOf } from "./schema/plan-objects.ts";
import type { SqlObject } from "./schema/sql-object.ts";

/** "onsale" in ASCII. Whoever migrates holds this advisory lock of the database, so that two deploys take turns. */
const MIGRATION_LOCK = 0x6f6e73616c65n;

const INSUFFICIENT_PRIVILEGE = "42501";

type Migration = { readonly name: string; readonly sql: string };
/** The files of migrations/, and the functions and triggers of functions/. */
export type Schema = { readonly migrations: readonly Migration[]; readonly objects: readonly SqlObject[] };

const SCHEMA: Schema = { migrations: MIGRATIONS, objects: SQL_OBJECTS };

/** One name for a schema: the content of all its files. */
export function schemaHash(schema: Schema = SCHEMA): string {
  return createHash("sha256").update(JSON.stringify(schema)).digest("hex");
}

export type MigrateOptions = {
  readonly schema?: Schema;
  /** Gets what the application needs, each time anew. null: the application connects as the role that migrates. */
  readonly application?: ApplicationRole | null;
};

/** What was brought into a database, by name. */
export type Applied = {
  readonly migrations: readonly string[];
  /** Functions and triggers that are new or other than before: "FUNCTION commit_orders". */
  readonly objects: readonly string[];
};

/**
 * Brings a database up to date and returns what was applied: all in one
 * transaction, so that nobody meets new tables with old functions. Throws when an applied migration was changed or is
 * missing: what ran in production is history and not a draft. Functions are always those of this build.
 */
export async function migrate(
  url: string,
  { schema = SCHEMA, application = null }: MigrateOptions = {},
): Promise<Applied> {
  // Its own connection without the pool's statement timeout: building an index may take longer.
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: applicationName("onsale-migrate") },
  });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK.toString()}::bigint)`;
    await ensureHistory(sql);
    const applied = await bringUpToDate(sql, schema);
    if (application !== null) {
      await ensureApplicationRole(sql, application);
      await grantToApplication(sql, application);
    }
    return applied;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function bringUpToDate(sql: postgres.Sql, { migrations, objects }: Schema): Promise<Applied> {
  const history = await sql<{ name: string; sha256: string }[]>`
    select name, sha256 from schema_migration order by name`;
  assertHistory(history, migrations);
  const pending = migrations.slice(history.length);
  const applied = await sql<AppliedObject[]>`select name, sha256, signature from schema_object`;
  const plan = planObjects(applied, objects, { migrated: pending.length > 0 });
  if (pending.length + plan.create.length + plan.drop.length > 0)
    await apply(sql, [...pending.map(migrationText), ...statementsOf(plan)]);
  return { migrations: pending.map(({ name }) => name), objects: plan.changed };
}

/** Also a role that may change nothing learns in this way that there is nothing to do. */
async function ensureHistory(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ migrations: string | null; objects: string | null }[]>`
    select to_regclass('schema_migration')::text as migrations, to_regclass('schema_object')::text as objects`;
  if (row?.objects) return;
  if (row?.migrations) throw new AppError("database.other_version", { why: "no_record" });
  await sql
    .unsafe(
      `create table schema_migration (
        name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp());
      create table schema_object (name text primary key, sha256 text not null, signature text not null);`,
    )
    .simple()
    .catch(sayWhoMigrates);
}

function sayWhoMigrates(cause: unknown): never {
  if (sqlState(cause) !== INSUFFICIENT_PRIVILEGE) throw cause;
  throw new AppError("database.not_owner", {}, { cause });
}

function assertHistory(
  applied: readonly { name: string; sha256: string }[],
  migrations: readonly Migration[],
): void {
  applied.forEach((row, index) => {
    const file = migrations[index];
    if (file?.name !== row.name)
      throw new AppError("database.other_version", {
        why: "migration",
        applied: row.name,
        here: file?.name ?? null,
      });
    if (checksum(file.sql) !== row.sha256)
      throw new AppError("database.other_version", { why: "changed", applied: row.name });
  });
}

function migrationText({ name, sql }: Migration): string {
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`migration name ${JSON.stringify(name)}`);
  return `${sql}\n;insert into schema_migration (name, sha256) values ('${name}', '${checksum(sql)}');`;
}

/** One simple-protocol message, so that the server runs all of it as one transaction whatever the driver does. */
async function apply(sql: postgres.Sql, statements: readonly string[]): Promise<void> {
  // Migrations may write rows too: their guard is open without guard_tx(), which is the one of the version before.
  const guard = "select set_config('app.tx', pg_current_xact_id()::text, true);";
  await sql
    .unsafe(["begin;", guard, ...statements, "commit;"].join("\n"))
    .simple()
    .catch(async (error: unknown) => {
      await sql`rollback`;
      return sayWhoMigrates(error);
    });
}

import { createHash } from "node:crypto";
import postgres from "postgres";
import { MIGRATIONS } from "./generated/migrations.ts";

/** "onsale" in ASCII. Whoever migrates holds this advisory lock of the database, so that two deploys take turns. */
const MIGRATION_LOCK = 0x6f6e73616c65n;

type Migration = { readonly name: string; readonly sql: string };

function checksum(sql: string): string {
  return createHash("sha256").update(sql).digest("hex");
}

/** One name for a set of migrations: the content of all of them. */
export function migrationsHash(migrations: readonly Migration[] = MIGRATIONS): string {
  return checksum(JSON.stringify(migrations));
}

/**
 * Brings a database up to date, each file in a transaction of its own, and returns the names that were applied. Throws
 * when an applied file was changed or is missing: what ran in production is history and not a draft.
 */
export async function migrate(url: string, migrations: readonly Migration[] = MIGRATIONS): Promise<string[]> {
  // Its own connection without the pool's statement timeout: building an index may take longer.
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: "onsale-migrate" },
  });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK.toString()}::bigint)`;
    await sql`create table if not exists schema_migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`;
    const applied = await sql<{ name: string; sha256: string }[]>`
      select name, sha256 from schema_migration order by name`;
    assertHistory(applied, migrations);
    const pending = migrations.slice(applied.length);
    for (const { name, sql: text } of pending) await apply(sql, { name, sql: text });
    return pending.map(({ name }) => name);
  } finally {
    await sql.end({ timeout: 5 });
  }
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
      throw error;
    });
}
